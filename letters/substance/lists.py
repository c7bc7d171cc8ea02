"""Words that turn, count or demand, by language, and those too small to say anything.

The lists are short on purpose and miss things; what they miss is mostly found as another word. They hold
words as `fold` writes them: NFKC, without case and without marks above and below the letters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple


class Lists(NamedTuple):
    """What is known of the words of one language."""

    negations: frozenset[str]
    numbers: frozenset[str]
    demands: frozenset[str]
    little: frozenset[str]
    """Articles: they may come and go."""
    joined: str = ""
    """Letters that are written as one with the word after them."""
    article: str = ""
    """An article that is."""


def fold(word: str) -> str:
    """Return a word as the lists write it."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    return "".join(char for char in plain if unicodedata.category(char) != "Mn" and char != "\u0640")


def _lists(
    negations: str, numbers: str, demands: str, little: str, joined: str = "", article: str = ""
) -> Lists:
    return Lists(_folded(negations), _folded(numbers), _folded(demands), _folded(little), joined, article)


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


# "n" and "t" are what apostrophes leave of "n'est" and "don't".
LISTS: Final[Mapping[str, Lists]] = MappingProxyType(
    {
        "en": _lists(
            "no not never none nobody nothing nowhere neither nor without cannot t dont doesnt didnt"
            " wont cant isnt arent wasnt shouldnt mustnt unless except only hardly barely against lack"
            " lacks",
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
            " fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty"
            " ninety hundred hundreds thousand thousands million millions billion billions trillion"
            " dozen half quarter third thirds double twice once first second fourth fifth percent per"
            " cent all every each any some few many most both more less fewer least euro euros dollar"
            " dollars pound pounds january february march april may june july august september october"
            " november december monday tuesday wednesday thursday friday saturday sunday day days week"
            " weeks month months year years today tomorrow",
            "must should shall will would may might can could ought need needs demand demands ask asks"
            " call calls calling urge urges request requests require requires insist stop stops end ends"
            " halt ban bans forbid prohibit allow allows permit support supports oppose opposes reject"
            " rejects refuse keep keeps abolish cancel introduce withdraw reverse protect now"
            " immediately please",
            "a an the",
        ),
        "fr": _lists(
            "ne n pas non jamais aucun aucune rien personne ni sans nul nulle guère nullement plus sauf"
            " seulement contre",
            "zéro un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze"
            " quinze seize vingt trente quarante cinquante soixante cent cents mille million millions"
            " milliard milliards douzaine demi moitié tiers quart double premier première second"
            " deuxième troisième pourcent tous toutes tout chaque quelques plusieurs moins euro euros"
            " dollar dollars janvier février mars avril mai juin juillet août septembre octobre novembre"
            " décembre lundi mardi mercredi jeudi vendredi samedi dimanche jour jours semaine semaines"
            " mois an ans année années demain",
            "devoir doit doivent devez devons devrait devraient devra devront faut faudra peut peuvent"
            " pouvez pourrait pourraient exiger exige exigeons exigent demander demande demandons"
            " demandent appeler appelons appellent prions arrêter arrêtez cesser cessez interdire"
            " interdit interdisez interdiction autoriser autorisez permettre soutenir soutenons opposer"
            " opposons refuser refusons rejeter rejetons garder gardez maintenir maintenez abolir"
            " supprimer retirer protéger protégez immédiatement",
            "le la les l des du de d au aux",
        ),
        "ar": _lists(
            "لا لم لن ليس ليست ليسوا غير دون بدون ما بلا كلا عدم إلا ضد فقط سوى",
            "صفر واحد واحدة اثنان اثنين ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة ثمان ثمانية تسع"
            " تسعة عشر عشرة عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستون ستين سبعون سبعين"
            " ثمانون ثمانين تسعون تسعين مئة مائة مئتان مئتين ألف ألفان ألفين آلاف مليون ملايين مليار"
            " مليارات نصف ثلث ربع ضعف أول أولى ثان ثاني ثانية ثالث ثالثة بالمئة بالمائة كل جميع بعض أكثر"
            " أقل معظم يورو دولار يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر"
            " ديسمبر الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد يوم أيام أسبوع أسابيع شهر أشهر"
            " عام سنة سنوات غدا",
            "يجب ينبغي يلزم يمكن نطالب نطلب يطالب ندعو يدعو نناشد نحث نرجو أوقفوا أوقف وقف إيقاف منع"
            " امنعوا حظر احظروا سمح السماح اسمحوا نرفض نؤيد نعارض ندعم إلغاء ألغوا حماية احموا حافظوا"
            " إبقاء فورا",
            "ال",
            joined="وفبلك",
            article="ال",
        ),
        "de": _lists(
            "nicht kein keine keinen keinem keiner keines nie niemals niemand niemanden nichts nirgends"
            " ohne weder noch nein außer nur kaum gegen",
            "null ein eine eins einen einem zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"
            " zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend million"
            " millionen milliarde milliarden dutzend halb hälfte drittel viertel doppelt erste zweite"
            " dritte prozent alle jede jeder jedes einige viele beide mehr weniger euro dollar januar"
            " februar märz april mai juni juli august september oktober november dezember montag"
            " dienstag mittwoch donnerstag freitag samstag sonntag tag tage woche wochen monat monate"
            " jahr jahre morgen",
            "muss müssen müsst soll sollen sollte sollten darf dürfen kann können könnte wird werden"
            " würde fordern fordert verlangen verlangt bitten bittet rufen stoppen stoppt beenden"
            " beendet verbieten verbietet erlauben erlaubt unterstützen ablehnen lehnen erhalten"
            " abschaffen schützen schützt sofort jetzt",
            "der die das den dem des",
        ),
        "es": _lists(
            "no nunca jamás nadie nada ni sin ningún ninguno ninguna tampoco excepto salvo solo apenas"
            " contra",
            "cero un uno una dos tres cuatro cinco seis siete ocho nueve diez once doce veinte treinta"
            " cuarenta cincuenta sesenta setenta ochenta noventa cien ciento cientos mil millón millones"
            " docena medio mitad tercio cuarto doble primero primera segundo tercero todos todas todo"
            " cada algunos varios más menos euro euros dólar dólares enero febrero marzo abril mayo"
            " junio julio agosto septiembre octubre noviembre diciembre lunes martes miércoles jueves"
            " viernes sábado domingo día días semana semanas mes meses año años mañana",
            "debe deben debería deberían deberá deberán hay puede pueden podría exigir exigimos exigen"
            " pedir pedimos piden solicitar solicitamos instar instamos llamar llamamos detener detengan"
            " parar cesar prohibir prohíban permitir permitan apoyar apoyamos oponer rechazar rechazamos"
            " mantener mantengan abolir retirar proteger protejan ahora inmediatamente",
            "el la los las",
        ),
        "it": _lists(
            "non no mai nessuno nessuna niente nulla né senza neanche nemmeno tranne eccetto solo contro",
            "zero un uno una due tre quattro cinque sei sette otto nove dieci undici dodici venti"
            " trenta quaranta cinquanta sessanta settanta ottanta novanta cento mille mila milione"
            " milioni miliardo miliardi metà terzo quarto doppio primo prima secondo tutti tutte ogni"
            " alcuni più meno euro dollari gennaio febbraio marzo aprile maggio giugno luglio agosto"
            " settembre ottobre novembre dicembre giorno giorni settimana settimane mese mesi anno anni"
            " domani",
            "deve devono dovrebbe dovrebbero dovrà può possono potrebbe chiedere chiediamo chiedono"
            " esigere esigiamo pretendere invitiamo fermare fermate cessare vietare vietate permettere"
            " sostenere sosteniamo opporre rifiutare mantenere mantenete abolire ritirare proteggere"
            " proteggete subito ora",
            "il lo la i gli le l",
        ),
        "pt": _lists(
            "não nunca jamais ninguém nada nem sem nenhum nenhuma tampouco exceto salvo só apenas contra",
            "zero um uma dois duas três quatro cinco seis sete oito nove dez onze doze vinte trinta"
            " quarenta cinquenta sessenta setenta oitenta noventa cem cento mil milhão milhões dúzia"
            " meio metade terço dobro primeiro primeira segundo todos todas cada alguns mais menos euro"
            " euros reais dólares janeiro fevereiro março abril maio junho julho agosto setembro outubro"
            " novembro dezembro dia dias semana semanas mês meses ano anos amanhã",
            "deve devem deveria deveriam deverá deverão pode podem poderia exigir exigimos exigem pedir"
            " pedimos pedem solicitar solicitamos apelar apelamos parar parem cessar proibir proíbam"
            " permitir permitam apoiar apoiamos opor rejeitar rejeitamos manter mantenham abolir retirar"
            " proteger protejam agora já",
            "o a os as",
        ),
        "nl": _lists(
            "niet geen nooit niemand niets nergens zonder noch nee behalve slechts alleen nauwelijks tegen",
            "nul een één twee drie vier vijf zes zeven acht negen tien elf twaalf twintig dertig"
            " veertig vijftig zestig zeventig tachtig negentig honderd duizend miljoen miljard dozijn"
            " half helft derde kwart dubbel eerste tweede procent alle elke ieder sommige meer minder"
            " euro dollar januari februari maart april mei juni juli augustus september oktober november"
            " december dag dagen week weken maand maanden jaar jaren morgen",
            "moet moeten zou zouden zal zullen mag mogen kan kunnen eisen eist vragen vraagt roepen"
            " verzoeken stop stoppen beëindigen verbieden verbied toestaan steunen afwijzen behouden"
            " behoud afschaffen beschermen bescherm nu onmiddellijk",
            "de het",
        ),
    }
)
"""By the first part of a language's code. In any other language every changed word is found."""


def of_language(code: str) -> Lists | None:
    """Return the lists of a language like `pt-br`, or None where there are none."""
    return LISTS.get(code.partition("-")[0])
