// Passkeys: asks the server for a question, has the browser answer it, sends the answer (Web Authentication, level 3).
// A form with data-passkey="create" or "get" names where to ask and where to answer; without these names it is the
// address of the page itself, so that the code of an invitation stands nowhere else.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const fields = (form) => {
  const found = Object.fromEntries(new FormData(form));
  delete found.csrf;
  return found;
};

const post = async (address, form, body) => {
  const csrf = form.querySelector("input[name=csrf]")?.value;
  const answer = await fetch(address, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", ...(csrf ? { "X-CSRF-Token": csrf } : {}) },
    body: JSON.stringify(body),
  });
  const content = await answer.json();
  if (!answer.ok) {
    const faults = content.faults ?? [];
    throw new Error(faults.map((fault) => `${fault.found}; ${fault.remedy}`).join(". ") || answer.statusText);
  }
  return content;
};

const described = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

const created = async (asked) => {
  const credential = await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: described(asked.excludeCredentials),
    },
  });
  const { response } = credential;
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
    },
  };
};

const got = async (asked) => {
  const credential = await navigator.credentials.get({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      allowCredentials: described(asked.allowCredentials),
    },
  });
  const { response } = credential;
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle ? text(response.userHandle) : null,
    },
  };
};

const ceremony = async (form) => {
  const own = location.pathname;
  const given = fields(form);
  const asked = await post(form.dataset.ask || `${own}/options`, form, given);
  const answer = form.dataset.passkey === "create" ? await created(asked) : await got(asked);
  const { next } = await post(form.dataset.answer || own, form, { ...given, answer });
  if (new URL(next, location.href).pathname === own) location.reload();
  else location.assign(next);
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.hasAttribute("data-plain")) return;
    event.preventDefault();
    const fault = form.querySelector("[data-fault]");
    const button = form.querySelector("button[type=submit]");
    fault.hidden = true;
    button.disabled = true;
    try {
      await ceremony(form);
    } catch (error) {
      fault.textContent = error.message;
      fault.hidden = false;
      button.disabled = false;
    }
  });
}
