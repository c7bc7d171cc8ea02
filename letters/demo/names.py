"""Given and family names by culture, for inventing people. Order, script and country go together."""

from __future__ import annotations

from typing import NamedTuple


class Culture(NamedTuple):
    """Where a name comes from. `pattern` joins a given name {g}, a family name {f} and another one {h}."""

    weight: int
    countries: str
    language: str
    pattern: str
    given: tuple[str, ...]
    family: tuple[str, ...]


def _c(weight: int, countries: str, language: str, pattern: str, given: str, family: str) -> Culture:
    return Culture(weight, countries, language, pattern, tuple(given.split()), tuple(family.split()))


CULTURES: tuple[Culture, ...] = (
    _c(20, "US US US CA GB AU NZ IE ZA", "en", "{g} {f}",
       "Alice Owen Hannah Marcus Priya Dana Theo Grace Caleb Naomi Elliot Ruth Jasper Maeve Desmond Iris Colin "
       "Tamsin Hugo Beatrice Leon Winifred Abel Corinne Silas Marguerite Rowan Delia Amos Fern",
       "Whitlock Abernathy Okafor Pemberton Hale Lindgren Mercer Castellan Ashdown Prewitt Hargrove Tolliver "
       "Beckford Quill Fenwick Marsh Delacroix Holloway Trent Varley Kessler Osgood Pryce Rutherford Sealy"),
    _c(8, "DE DE AT CH LU", "de", "{g} {f}",
       "Annika Jürgen Lukas Käthe Matthias Ulrike Jörg Henrike Bastian Friederike Tilman Sabine Ruben Mareike Götz",
       "Albrecht Krüger Löffler Bachmann Weiß Schönfeld Oehler Brandstätter Hübner Lindemann Vogt Rössler Kühne "
       "Steinhauer Haas"),
    _c(8, "FR FR BE CH CA", "fr", "{g} {f}",
       "Élodie Benoît Chloé Rémi Maëlle Jérôme Aurélie Gaspard Solène Étienne Capucine Loïc Noémie Anaïs Théo",
       "Lefèvre Garnier Béranger Rousselot Marchand Chauvet Delorme Périer Aubertin Lacombe Vasseur Thibault "
       "Courtois Mercier Fournel"),
    _c(8, "ES MX AR CO CL PE UY EC", "es", "{g} {f} {h}",
       "Lucía Mateo Inés Joaquín Ximena Álvaro Belén Ramón Noelia Íñigo Valeria Andrés Pilar Sebastián Rocío",
       "Ibáñez Núñez Montero Carrasco Peña Vidal Quintana Zúñiga Ferrer Olmedo Rivas Castañeda Luján Bermúdez Soto"),
    _c(6, "BR BR PT AO MZ", "pt", "{g} {f} {h}",
       "João Beatriz Thiago Inês Gonçalo Luíza Caio Conceição Rafael Mariana Simão Débora Vítor Lúcia Antônio",
       "Tavares Araújo Magalhães Fontes Brandão Simões Lacerda Guimarães Rebelo Azevedo Coutinho Leitão Paixão"),
    _c(6, "IT IT CH", "it", "{g} {f}",
       "Chiara Lorenzo Ginevra Matteo Ilaria Niccolò Agnese Tommaso Fiorella Dario Costanza Ettore Bianca Corrado",
       "Fontana Bellandi Moretti Carbone Gualtieri D’Amico Salvatori Pellegrini Orsini Bernasconi Zanetti Lombardo"),
    _c(5, "NL NL BE", "nl", "{g} van der {f}",
       "Noor Henrik Sanne Jeroen Femke Bram Lotte Wouter Marijke Sjoerd Anouk Thijs Roos Maarten",
       "Meulen Berg Linden Velde Horst Wal Heijden Veen Brugge Sluis Poel Vliet"),
    _c(5, "PL PL", "pl", "{g} {f}",
       "Agnieszka Łukasz Małgorzata Paweł Zofia Tomasz Kinga Michał Bożena Grzegorz Żaneta Stanisław",
       "Nowicki Wójcik Zając Kaczmarek Grabiec Szczepaniak Dąbek Jaźwiński Wilk Ostrowicz Błaszczyk Sienkiel"),
    _c(5, "SE NO DK FI IS", "sv", "{g} {f}",
       "Åsa Björn Sigrid Øyvind Linnéa Søren Aino Eero Þóra Mattias Ingrid Kåre Tuuli Jón",
       "Lindqvist Sørensen Bjørnstad Ångström Mäkelä Holmgren Nygård Østergaard Jónsdóttir Virtasalo Ekström Dahl"),
    _c(4, "CZ SK HU RO HR SI", "cs", "{g} {f}",
       "Jiří Zuzana Ľuboš Kateřina Mihai Ioana Zoltán Eszter Tomaž Željka Ondřej Ágnes",
       "Dvořáček Procházka Kováčik Szabó Petrescu Ionașcu Horvat Šimunić Kučera Tóth Novotný Ștefănescu"),
    _c(3, "TR TR DE", "tr", "{g} {f}",
       "Ayşe Çağrı Özlem İbrahim Şule Gökhan Elif Barış Nuray Umut",
       "Yıldırım Öztoprak Çelik Şahinoğlu Güneş Aydoğan Kılıç Erdem Uçar Taşkın"),
    _c(5, "UA BG RS BY KZ", "uk", "{g} {f}",
       "Ольга Андрій Марія Тарас Оксана Дмитро Софія Іван Катерина Богдан Милица Радослав",
       "Петренко Ковальчук Шевчук Бондар Лисенко Мельник Гончар Савчук Поліщук Николов Јовановић Стоянов"),
    _c(2, "GR CY", "el", "{g} {f}",
       "Ελένη Γιώργος Δήμητρα Νίκος Κατερίνα Στέλιος Αγγελική Θανάσης",
       "Παπαδάκης Γεωργίου Καραγιάννης Οικονόμου Σταματίου Βλάχος Λαμπρόπουλος Αντωνίου"),
    _c(4, "EG MA JO LB TN SA IQ DZ", "ar", "{g} {f}",
       "أميرة يوسف ليلى كريم نور حسن فاطمة سامي هدى طارق ريم خالد",
       "حداد المنصوري بن_علي الخطيب نصار الشامي القاسم درويش العمري عبد_الله"),
    _c(2, "IL", "he", "{g} {f}",
       "נועה איתן שירה יונתן תמר אורי מיכל גיל", "אברהמי לוין מזרחי פרידמן שלו ברקת דגן כהנא"),
    _c(3, "IR AF", "fa", "{g} {f}",
       "سارا رضا مریم امیر نگار بهرام شیرین کاوه", "رحیمی کاظم‌زاده موسوی تهرانی یوسفی نیک‌پور صادقی بهشتی"),
    _c(6, "IN IN IN", "hi", "{g} {f}",
       "अनिता राजेश प्रिया विक्रम सुनीता अर्जुन मीरा संजय कविता रोहन", "शर्मा वर्मा मिश्रा जोशी त्रिपाठी चौहान अग्रवाल सक्सेना"),
    _c(4, "IN LK SG", "en", "{g} {f}",
       "Ananya Karthik Lakshmi Vivek Meenakshi Suresh Divya Harish Nandini Arvind",
       "Iyer Raghunathan Menon Subramaniam Nair Kulkarni Deshpande Perera Wickramasinghe Pillai"),
    _c(2, "BD IN", "bn", "{g} {f}", "রহিম সুমাইয়া অনির্বাণ ফারহানা শুভ নাসরিন", "চৌধুরী ঘোষ হোসেন বিশ্বাস আহমেদ দাস"),
    _c(1, "IN LK", "ta", "{g} {f}", "கவிதா முருகன் செல்வி இளங்கோ", "சுந்தரம் பாண்டியன் நடராஜன் வேலு"),
    _c(4, "CN TW SG", "zh", "{f}{g}", "雅婷 伟明 思远 晓梅 子涵 文博 静怡 建国 佳慧 志豪", "王 李 陈 林 黄 周 吴 赵 孙 高"),
    _c(4, "JP", "ja", "{f} {g}", "陽菜 健太 美咲 翔太 結衣 大輔 葵 直樹", "佐藤 鈴木 高橋 渡辺 小林 山本 中村 松井"),
    _c(3, "KR", "ko", "{f}{g}", "민수 지은 현우 수진 태영 은경 도윤 하린", "김 이 박 최 정 강 조 윤"),
    _c(3, "VN", "vi", "{f} {h} {g}",
       "Khai Hằng Dũng Mai Phương Tuấn Lan Quốc", "Nguyễn Trần Lê Phạm Võ Đặng Bùi Hồ"),
    _c(2, "TH", "th", "{g} {f}", "สมชาย มาลี ณัฐพล อรุณี ธนากร ปิยะ", "ใจดี ศรีสุข วงศ์ไทย บุญมี แสงทอง"),
    _c(2, "ID", "id", "{g}", "Suharyanto Wulandari Sutrisno Kartika Prasetyo Ningsih Budiarto Melati", "-"),
    _c(3, "ID MY PH", "ms", "{g} bin {f}", "Ahmad Farid Hafiz Zulkifli Iskandar", "Rahman Osman Yusof Salleh Hamid"),
    _c(3, "NG GH KE TZ UG RW", "en", "{g} {f}",
       "Adaeze Kwame Wanjiru Chidi Amina Tunde Zawadi Kofi Ngozi Baraka Folasade Juma",
       "Okonkwo Mensah Kamau Adeyemi Mwangi Osei Nakato Eze Balogun Achieng Uwimana Asante"),
    _c(2, "SN ML CI CM CD", "fr", "{g} {f}",
       "Fatoumata Moussa Aïssatou Ibrahima Mariama Ousmane Awa Cheikh", "Diallo Traoré Ndiaye Coulibaly Sarr Keïta Fofana Mbaye"),
    _c(1, "ET ER", "am", "{g} {f}", "ሰላም ዳዊት ሄለን ዮናስ ትዕግስት", "ተስፋዬ ገብረማርያም አበበ ኃይሉ"),
    _c(1, "GE", "ka", "{g} {f}", "ნინო გიორგი თამარ ლევან", "ბერიძე ლომიძე კაპანაძე მაისურაძე"),
    _c(1, "AM", "hy", "{g} {f}", "Անահիտ Տիգրան Մարիամ Արամ", "Պետրոսյան Հակոբյան Սարգսյան Գրիգորյան"),
)  # fmt: skip
"""A no-break between the parts of one family name is written as _ above."""
