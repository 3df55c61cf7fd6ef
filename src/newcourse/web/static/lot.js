/**
 * The secret line of a lot, for whoever opens a vote and closes it: made on their own device, hashed there, kept there.
 *
 * At the opening a field `commitment` has a button `data-make-line` beside it: the device draws a line by chance and
 * fills in its SHA-256. At the close a field `secret` stands in a form with `data-commitment`: the line that was kept
 * under this hash is filled in. Without scripts both are typed by hand.
 */

const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const kept = (commitment) => `line of ${commitment}`;

async function makeLine(button) {
  const line = hex(crypto.getRandomValues(new Uint8Array(20)));
  const commitment = hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(line)));
  const field = button.closest(".field");
  localStorage.setItem(kept(commitment), line);
  field.querySelector("input[name=commitment]").value = commitment;
  const shown = field.querySelector("[data-line]");
  shown.querySelector("code").textContent = line;
  shown.hidden = false;
}

for (const button of document.querySelectorAll("[data-make-line]")) {
  button.hidden = !globalThis.crypto?.subtle;
  button.addEventListener("click", () => makeLine(button));
}

for (const field of document.querySelectorAll("[data-commitment]")) {
  const line = localStorage.getItem(kept(field.dataset.commitment));
  if (line && !field.value) field.value = line;
}
