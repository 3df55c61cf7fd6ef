/** A ballot as the fields of a form: the same names and forms as newcourse.web.acting.ballot_fields. */

import { toHex } from "./blind.js";

export const FIELD_WORDS = {
  number: "Write a whole number beside {name}.",
  whole: "Your points add up to {total}; they must be {whole}.",
  choice: "Choose one.",
};

const encoder = new TextEncoder();
const code = (name) => toHex(encoder.encode(name)); // in the order of code points, as Python sorts
const byName = ([one], [other]) => (code(one) < code(other) ? -1 : 1);

/** The fields of the form that belong to the ballot, as pairs of candidate and value, empty ones left out. */
function given(form) {
  const pairs = [];
  for (const [name, value] of new FormData(form)) {
    const match = /^(?:rank|points|ballot:[a-z]+):(.*)$/su.exec(name);
    if (name === "approve") pairs.push([value, value]);
    else if (match && value.trim()) pairs.push([match[1], value.trim()]);
    else if (name === "choice") pairs.push(["", value]);
  }
  return pairs.sort(byName);
}

function numbers(pairs, words) {
  return pairs.map(([name, value]) => {
    if (!/^\d{1,6}$/.test(value)) throw new Error(words.number.replace("{name}", name));
    return [name, Number(value)];
  });
}

/** The ballot that a form holds, as plain data (newcourse.vote.forms), with names in order; an error if it is none. */
export function ballotOf(form, words = FIELD_WORDS) {
  const kind = form.dataset.form ?? form.elements["ballot:form"]?.value;
  const pairs = given(form).filter(([name]) => kind === "choice" || name);
  if (kind === "approval") return { form: kind, approved: pairs.map(([name]) => name) };
  if (kind === "choice") {
    if (pairs.length !== 1) throw new Error(words.choice);
    return { form: kind, choice: pairs[0][1] };
  }
  const counted = numbers(pairs, words);
  if (kind === "ranked" || kind === "ranking") {
    const order = [...new Set(counted.map(([, rank]) => rank))].sort((one, other) => one - other);
    const ranks = order.map((rank) => counted.filter((pair) => pair[1] === rank).map(([name]) => name));
    return { form: "ranked", ranks };
  }
  const points = Object.fromEntries(counted.filter(([, number]) => number > 0));
  if (kind === "points") return { form: kind, points };
  if (kind !== "allocation") throw new Error(`no form of ballot: ${kind}`);
  const whole = Number(form.dataset.whole ?? 100);
  const total = counted.reduce((sum, [, number]) => sum + number, 0);
  if (total !== whole) throw new Error(words.whole.replace("{total}", total).replace("{whole}", whole));
  const shares = Object.entries(points).map(([name, number]) => [name, String(number)]); // exact numbers are text
  return { form: kind, whole, points: Object.fromEntries(shares) };
}
