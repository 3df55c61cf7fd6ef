/**
 * Anybody checks in the browser that an entry is on the record: its hash, its leaf, and the way to a signed root.
 *
 * On the page of an entry:
 *
 *   <section data-record-check data-receipt="/api/record/receipt/12" data-hash="HASH SHOWN ON THE PAGE"
 *            data-log-key="BASE64">
 *     <button type="button" data-step="check">Check this entry here</button>
 *     <ol data-steps></ol>
 *   </section>
 *
 * and for a receipt that somebody has kept, on any page:
 *
 *   <form data-receipt-check data-log-key="BASE64">
 *     <textarea name="receipt"></textarea> <input type="file" name="file"> <button type="submit">Check</button>
 *     <ol data-steps></ol>
 *   </form>
 *   <script type="module" src="/static/record.js"></script>
 *
 * - `data-receipt`: URL that answers {entry, index, checkpoint, proof} (newcourse.record.receipt).
 * - May be there: `data-hash`, compared with the entry; `data-log-key`, the record's raw Ed25519 key in base64, with
 *   which the signature is verified; `data-consistency`: URL to which `/N/M` is added and which answers
 *   {"proof": [hex…]}: then what this browser saw before is shown to be the beginning of what it sees now;
 *   `data-words`: JSON that replaces texts of WORDS.
 *
 * Needs the policy `script-src 'self'; connect-src 'self'`. What this cannot show: that everybody else sees the same
 * record. For that compare checkpoints with others, or look for the lines of witnesses.
 */

import { fromBase64, fromHex, toBase64, toHex } from "./blind.js";
import { checkReceipt, verifyConsistency } from "./proofs.js";

export { checkReceipt, leafHash, verifyCheckpoint, verifyConsistency, verifyInclusion } from "./proofs.js";

export const WORDS = {
  entry: "Entry {sequence}, {act} by {actor} at {at}. Its own hash, recalculated here: {hash}",
  leaf: "As leaf {index} of the tree it has the hash {leaf}",
  left: "Joined with its neighbour on the left, {sibling}, that makes {hash}",
  right: "Joined with its neighbour on the right, {sibling}, that makes {hash}",
  root: "The checkpoint of {origin} over {size} entries has the root {root}",
  signed: "The checkpoint is signed by the record's key.",
  unable: "This browser cannot check Ed25519 signatures, so who signed the checkpoint was not checked. newcourse verify checks it.",
  unchecked: "Who signed the checkpoint was not checked: no key was given.",
  wrong: "The checkpoint is not signed by this record.",
  witnesses: "It also carries the lines of {names}; these were not checked here.",
  other: "The page shows another hash of this entry: {hash}",
  continues: "This browser saw the record with {size} entries before; what it sees now continues that record.",
  broken: "This browser saw another record before: its {size} entries are not the beginning of this one. Keep this page and tell other members.",
  good: "The entry is on the record.",
  bad: "This could not be confirmed:",
  nonsense: "This is not a receipt: {error}",
};

/** A text with the values put in. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** The steps of a check in words, and whether all is well. */
export function inWords(found, words = WORDS) {
  const { entry, leaf, steps, checkpoint, signature, faults } = found;
  const witnesses = checkpoint.signatures.map(({ name }) => name).filter((name) => name !== checkpoint.origin);
  const lines = [
    fill(words.entry, entry),
    fill(words.leaf, { index: entry.sequence - 1, leaf }),
    ...steps.map(({ sibling, side, hash }) => fill(words[side], { sibling: toHex(sibling), hash: toHex(hash) })),
    fill(words.root, { origin: checkpoint.origin, size: checkpoint.size, root: toHex(checkpoint.root) }),
    words[signature],
  ];
  if (witnesses.length) lines.push(fill(words.witnesses, { names: witnesses.join(", ") }));
  return faults.length ? [...lines, words.bad, ...faults] : [...lines, words.good];
}

/** Compare with what this browser saw before, and remember the longer record: a line to show, or none. */
async function continued(checkpoint, url, words) {
  const place = `newcourse:record:${checkpoint.origin}`;
  const before = JSON.parse(localStorage.getItem(place) ?? "null");
  const now = { size: checkpoint.size, root: toBase64(checkpoint.root) };
  if (before === null) localStorage.setItem(place, JSON.stringify(now));
  if (before === null || !url) return null;
  const [smaller, larger] = before.size <= now.size ? [before, now] : [now, before];
  const asked = `${url}/${smaller.size}/${larger.size}`;
  const { proof } = smaller.size === larger.size ? { proof: [] } : await fetched(asked);
  const roots = [smaller, larger].map(({ root }) => fromBase64(root));
  const sound = await verifyConsistency(smaller.size, larger.size, proof.map(fromHex), ...roots);
  if (sound) localStorage.setItem(place, JSON.stringify(larger));
  return { sound, text: fill(sound ? words.continues : words.broken, before) };
}

async function fetched(url) {
  const answer = await fetch(url, { credentials: "omit" });
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
  return answer.json();
}

/** Check a receipt as far as the page lets it, and show each step. */
async function check(place, obtain) {
  const words = { ...WORDS, ...JSON.parse(place.dataset.words ?? "{}") };
  const { hash, logKey, consistency } = place.dataset;
  try {
    const found = await checkReceipt(await obtain(), logKey ?? null);
    if (hash && hash !== found.entry.hash) found.faults.push(fill(words.other, { hash }));
    const before = found.faults.length ? null : await continued(found.checkpoint, consistency, words);
    if (before && !before.sound) found.faults.push(before.text);
    const lines = inWords(found, words);
    show(place, before?.sound ? [...lines, before.text] : lines, found.faults.length === 0);
  } catch (error) {
    show(place, [fill(words.nonsense, { error: error.message })], false);
  }
}

function show(place, lines, good) {
  const list = place.querySelector("[data-steps]");
  place.dataset.result = good ? "good" : "bad";
  list.setAttribute("role", "status");
  list.replaceChildren(
    ...lines.map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }),
  );
}

/** The receipt in a form: the chosen file, or what was pasted. */
async function pasted(form) {
  const file = form.elements.file?.files[0];
  return JSON.parse(file ? await file.text() : form.elements.receipt.value);
}

/** Bind every check of the page. */
export function main() {
  for (const place of document.querySelectorAll("[data-record-check]")) {
    const obtain = () => fetched(place.dataset.receipt);
    place.querySelector('[data-step="check"]').addEventListener("click", () => check(place, obtain));
  }
  for (const form of document.querySelectorAll("form[data-receipt-check]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      check(form, () => pasted(form));
    });
  }
}

main();
