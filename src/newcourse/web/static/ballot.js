/**
 * Casting a secret ballot: the voter's device makes a token, has it signed without showing it, and casts with it.
 *
 * A page that wants this has
 *
 *   <form data-secret-ballot data-vote="V7" data-form="ranked" data-key="BASE64" data-draw="URL" data-cast="URL"
 *         data-csrf="…" data-holder="m-…">
 *     … the fields of the ballot …
 *     <button type="button" data-step="draw" disabled>Draw my token</button>
 *     <button type="submit" data-step="cast" disabled>Cast my ballot</button>
 *     <div data-status role="status"></div>
 *   </form>
 *   <script type="module" src="/static/ballot.js"></script>
 *
 * and no `action`; its buttons are disabled in the page, so that without scripts nothing is sent. Needs the policy
 * `script-src 'self'; connect-src 'self'`. Buttons and status are made where the page has none.
 *
 * - `data-key`: `frozen.token_key` of the vote. `data-holder`: any text that differs between members, so that two on
 *   one device do not use each other's token. `data-csrf` may also be a hidden field named `csrf`.
 * - `data-draw`: POST {"what": {"vote", "blinded"}}, with cookies and X-CSRF-Token, answers
 *   {"entry": {…, "body": {…, "blind_signature"}}}.
 * - `data-cast`: POST {"what": {"vote", "token", "signature", "ballot", "salt"}}, without cookies, answers
 *   {"entry": {…}, "receipt": {"entry", "index", "checkpoint", "proof"}}.
 * - May be there: `data-opened`: URL of the receipt of the entry that opened the vote: then the key is compared with
 *   the record before anything is drawn. `data-log-key`: base64 of the record's raw Ed25519 key: then signatures of
 *   checkpoints are verified. `data-words`: JSON that replaces texts of WORDS. `data-whole`: what points of an
 *   allocation add up to (100).
 * - Fields, by `data-form` (or a hidden field `ballot:form`): `ranked` or `ranking`: `rank:CANDIDATE`, whole numbers;
 *   `choice`: radio `choice`; `approval`: boxes `approve` whose value is the candidate; `points` and `allocation`:
 *   `points:PART`. The names of web/acting/ballot_fields.py (`ballot:FORM:CANDIDATE`) are read as well.
 *
 * Until a ballot is cast, token and ballot are kept in localStorage, so that a reload or a lost answer loses nothing:
 * the same blinded message, the same cast are sent again. Afterwards only the receipt stays.
 */

import { ballotOf, FIELD_WORDS } from "./ballot_fields.js";
import { blind, finalize, fingerprint, fromHex, prepare, readKey, toHex, verify } from "./blind.js";
import { canonical, checkReceipt, digest, sha256 } from "./proofs.js";

export { ballotOf } from "./ballot_fields.js";
export { blind, finalize } from "./blind.js";
export { checkReceipt, leafHash, verifyCheckpoint, verifyConsistency, verifyInclusion } from "./proofs.js";

export const WORDS = {
  ...FIELD_WORDS,
  ready: "Nothing is drawn yet. Draw your token first; you can cast at once or come back later.",
  working: "Working …",
  drawn: "Your token is on this device and nowhere else. The longer you wait before you cast, and the more others draw meanwhile, the harder it is to tell from the times that it was you.",
  casting: "This ballot was sent, but the answer did not come. The same ballot is sent again when you cast:",
  cast: "Your ballot is cast. This is your receipt; it names nobody. With it you find your ballot among all ballots when they are published.",
  unsigned: "The signature of the record was not checked here: this browser cannot, or the page gave no key. Check the receipt with newcourse verify.",
  later: "Your ballot is on the record as this entry. No checkpoint covers it yet; ask for the receipt on the page of the entry.",
  insecure: "This browser gives the page no cryptography. Open the page by https in a current browser.",
  changed: "The key of this vote is not the one you drew your token with. Do not cast. Tell other members, and contest the vote.",
  otherKey: "The key on this page is not the one on the record. Do not draw. Tell other members, and contest the vote.",
  notMine: "The receipt is not for the ballot that was sent. Keep it, tell other members, and contest the vote.",
  download: "Keep the receipt",
  drawButton: "Draw my token",
  castButton: "Cast my ballot",
  forgetButton: "Forget the receipt on this device",
  forgotten: "A ballot was cast from this device. Its receipt is no longer here.",
};

const random = (length) => crypto.getRandomValues(new Uint8Array(length));
/** What a cast's entry must say: faults in words, none if the receipt is for exactly this cast. */
export async function checkCast(receipt, cast, publicKey, words = WORDS) {
  const found = await checkReceipt(receipt, publicKey);
  const body = found.entry.body;
  const token = toHex(await sha256(fromHex(cast.token)));
  const commitment = await digest({ ballot: cast.ballot, salt: cast.salt });
  const mine = body.vote === cast.vote && body.token === token && body.commitment === commitment;
  return { ...found, faults: mine ? found.faults : [words.notMine, ...found.faults] };
}

/** One vote on one page: what is kept, what is shown, and the two steps. */
class SecretBallot {
  constructor(form) {
    this.form = form;
    this.data = form.dataset;
    this.words = { ...WORDS, ...JSON.parse(this.data.words ?? "{}") };
    this.place = `newcourse:ballot:${this.data.vote}:${this.data.holder ?? ""}`;
    this.status = form.querySelector("[data-status]") ?? form.appendChild(element("div", ""));
    this.status.setAttribute("role", "status");
    const cast = form.querySelector('[data-step="cast"], [type="submit"]') ?? this.button("submit", this.words.castButton);
    const draw = form.querySelector('[data-step="draw"]') ?? this.button("button", this.words.drawButton, cast);
    this.buttons = { draw, cast };
  }

  /** A button that the page did not bring, before another or before the status. */
  button(type, text, before = this.status) {
    const made = Object.assign(element("button", text), { type, className: "button" });
    before.before(made, " ");
    return made;
  }

  get kept() {
    return JSON.parse(localStorage.getItem(this.place) ?? "null");
  }

  set kept(value) {
    localStorage.setItem(this.place, JSON.stringify(value));
  }

  say(...texts) {
    this.status.replaceChildren(...texts.flat().map((text) => element("p", text)));
  }

  /** Show where the voter stands. */
  show() {
    const { kept } = this;
    const over = Boolean(kept?.receipt || kept?.forgotten);
    const fixed = over || Boolean(kept?.cast);
    for (const field of this.form.elements) if (field.name && field.type !== "hidden") field.disabled = fixed;
    this.buttons.draw.disabled = over || Boolean(kept?.signature);
    this.buttons.cast.disabled = !kept?.signature;
    if (kept?.forgotten) this.say(this.words.forgotten);
    else if (kept?.receipt) this.showReceipt(kept);
    else if (kept?.cast) this.say(this.words.casting, canonical(kept.cast.ballot));
    else this.say(kept?.signature ? this.words.drawn : this.words.ready);
  }

  showReceipt({ receipt, notes }) {
    const text = JSON.stringify(receipt, null, 1);
    this.say(this.words.cast, notes ?? []);
    const link = element("a", this.words.download);
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = `receipt-${this.data.vote}.json`;
    const area = element("textarea", text);
    Object.assign(area, { readOnly: true, rows: 8 });
    area.setAttribute("aria-label", this.words.cast);
    const forget = Object.assign(element("button", this.words.forgetButton), { type: "button", className: "button" });
    forget.addEventListener("click", () => {
      this.kept = { forgotten: true };
      this.show();
    });
    this.status.append(link, area, forget);
  }

  /** Run a step alone: no second one here or in another tab meanwhile; what goes wrong is said. */
  async run(step) {
    for (const button of Object.values(this.buttons)) button.disabled = true;
    this.say(this.words.working);
    try {
      const alone = () => step.call(this);
      await (navigator.locks ? navigator.locks.request(this.place, alone) : alone());
      this.show();
    } catch (error) {
      this.show();
      this.status.prepend(...(error.lines ?? [error.message]).map(warning));
    }
  }

  async draw() {
    const key = await readKey(this.data.key);
    await this.keyIsOnRecord();
    if (this.kept?.signature) return;
    if (this.kept === null) {
      const prepared = prepare(random(32), random(32));
      const { blinded, inverse } = await blind(key, prepared, random);
      const print = await fingerprint(this.data.key);
      this.kept = { print, token: toHex(prepared), blinded: toHex(blinded), inverse: toHex(inverse) };
    }
    const { print, token, blinded, inverse } = this.kept;
    await this.sameKey(print);
    const csrf = this.data.csrf ?? this.form.elements.csrf?.value ?? "";
    const options = { credentials: "same-origin", headers: { "X-CSRF-Token": csrf } };
    const { entry } = await post(this.data.draw, { vote: this.data.vote, blinded }, options);
    const signature = await finalize(key, fromHex(token), fromHex(entry.body.blind_signature), fromHex(inverse));
    this.kept = { print, token, signature: toHex(signature) };
  }

  async cast() {
    const { print, token, signature, cast } = this.kept;
    await this.sameKey(print);
    const right = await verify(await readKey(this.data.key), fromHex(token), fromHex(signature));
    if (!right) throw new Error(this.words.changed);
    const ballot = cast ?? {
      vote: this.data.vote,
      token,
      signature,
      ballot: ballotOf(this.form, this.words),
      salt: toHex(random(32)),
    };
    this.kept = { print, token, signature, cast: ballot };
    const answer = await post(this.data.cast, ballot, { credentials: "omit" }).catch((error) => {
      if (error.refused) this.kept = { print, token, signature };
      throw error;
    });
    if (!answer.receipt) {
      this.kept = { receipt: { entry: canonical(answer.entry) }, notes: [this.words.later] };
      return;
    }
    const found = await checkCast(answer.receipt, ballot, this.data.logKey ?? null, this.words);
    const notes = found.signature === "signed" ? found.faults : [...found.faults, this.words.unsigned];
    this.kept = { receipt: answer.receipt, notes };
    this.form.reset();
  }

  async sameKey(print) {
    if (print !== (await fingerprint(this.data.key))) throw new Error(this.words.changed);
  }

  /** Where the page says which entry opened the vote: whether the key is the one there. */
  async keyIsOnRecord() {
    if (!this.data.opened) return;
    const receipt = await (await fetch(this.data.opened, { credentials: "omit" })).json();
    const found = await checkReceipt(receipt, this.data.logKey ?? null);
    const said = found.entry.body?.frozen ?? found.entry.body;
    if (!found.sound || said?.vote !== this.data.vote || said.token_key !== this.data.key) {
      throw new Error([this.words.otherKey, ...found.faults].join(" "));
    }
  }
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function warning(text) {
  const made = element("p", text);
  made.setAttribute("role", "alert");
  return made;
}

/** POST an act's parameters as JSON; a refusal becomes an error with a line for each fault. */
async function post(url, what, { headers = {}, ...options }) {
  const answer = await fetch(url, {
    ...options,
    method: "POST",
    referrerPolicy: "no-referrer",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify({ what }),
  });
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) return said;
  const lines = (said.faults ?? []).map((fault) => `${fault.found}; expected: ${fault.expected}. ${fault.remedy}.`);
  const error = new Error(`${answer.status} ${answer.statusText}`);
  const refused = answer.status >= 400 && answer.status < 500 && ![401, 408, 429].includes(answer.status);
  throw Object.assign(error, { refused, lines: lines.length ? lines : [error.message] });
}

/** Bind every secret ballot of the page. */
export function main() {
  for (const form of document.querySelectorAll("form[data-secret-ballot]")) {
    const page = new SecretBallot(form);
    form.addEventListener("submit", (event) => event.preventDefault());
    if (!globalThis.crypto?.subtle) {
      page.say(page.words.insecure);
      continue;
    }
    page.buttons.draw.addEventListener("click", () => page.run(page.draw));
    form.addEventListener("submit", () => page.buttons.cast.disabled || page.run(page.cast));
    page.show();
  }
}

main();
