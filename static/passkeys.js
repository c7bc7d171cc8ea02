// Passkeys (Web Authentication, W3C): the page says what is asked for, the browser asks its owner, the form sends it.
"use strict";
const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const written = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
const known = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));

const asked = (json) => {
  const facts = { ...json, challenge: bytes(json.challenge) };
  if (json.user) facts.user = { ...json.user, id: bytes(json.user.id) };
  for (const name of ["allowCredentials", "excludeCredentials"]) if (json[name]) facts[name] = known(json[name]);
  return facts;
};
const answered = (made) => {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (made.response[name]) response[name] = written(made.response[name]);
  return {
    id: made.id,
    rawId: written(made.rawId),
    type: made.type,
    response,
    clientExtensionResults: made.getClientExtensionResults(),
  };
};
const options = async (form) => {
  const from = form.dataset.from;
  if (!from) return JSON.parse(document.getElementById("passkey-options").textContent);
  const answer = await fetch(from, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options;
};

const failed = document.querySelector("[data-passkey-failed]");
if (window.PublicKeyCredential && window.isSecureContext) {
  document.querySelector("[data-passkey-without]").hidden = true;
  for (const form of document.querySelectorAll("[data-passkey]")) {
    form.parentElement.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopPropagation();
      failed.hidden = true;
      try {
        const publicKey = asked((await options(form)).publicKey);
        const made = await navigator.credentials[form.dataset.passkey]({ publicKey });
        form.elements.credential.value = JSON.stringify(answered(made));
        form.submit();
      } catch {
        failed.hidden = false;
      }
    });
  }
}
