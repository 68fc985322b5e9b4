// The text and the notes beside it find each other; filters leave a clean address. No page needs this.

const of = (id) => [
  ...document.querySelectorAll(`.said[data-in~="${CSS.escape(id)}"], .note[data-statement="${CSS.escape(id)}"]`),
];

function light(id) {
  document.querySelectorAll(".lit").forEach((element) => element.classList.remove("lit"));
  if (id) of(id).forEach((element) => element.classList.add("lit"));
}

function choose(id) {
  document.querySelectorAll(".note.chosen").forEach((note) => note.classList.remove("chosen"));
  const note = document.getElementById(`s-${id}`);
  if (!note) return;
  note.classList.add("chosen");
  light(id);
  note.scrollIntoView({ block: "nearest", behavior: "smooth" });
}

// The innermost statement of a piece is named first.
function statementAt(target) {
  const piece = target.closest?.(".said, [data-statement]");
  if (!piece) return null;
  return piece.dataset.statement ?? piece.dataset.in.split(" ")[0];
}

function chosenByAddress() {
  const named = /^#[st]-([0-9a-f]+)$/.exec(location.hash);
  if (named) choose(named[1]);
}

document.addEventListener("mouseover", (event) => light(statementAt(event.target)));
document.addEventListener("focusin", (event) => light(statementAt(event.target)));
document.addEventListener("click", (event) => {
  const piece = event.target.closest?.(".said");
  if (!piece || String(getSelection())) return;
  const id = statementAt(piece);
  history.replaceState(null, "", `#s-${id}`);
  choose(id);
});
addEventListener("hashchange", chosenByAddress);
chosenByAddress();

// Filters left empty stay out of the address.
document.addEventListener("htmx:configRequest", (event) => {
  const { parameters } = event.detail;
  for (const name of Object.keys(parameters)) {
    if (parameters[name] === "") delete parameters[name];
  }
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.filters:not([hx-get])")) return;
  for (const field of event.target.elements) {
    if (field.name && field.value === "") field.disabled = true;
  }
});
addEventListener("pageshow", () => {
  document.querySelectorAll("form.filters :disabled").forEach((field) => (field.disabled = false));
});

// On a narrow screen the list comes first: filters that were not used are folded away.
if (matchMedia("(max-width: 46rem)").matches && location.search === "") {
  document.querySelectorAll("details.fold").forEach((fold) => (fold.open = false));
}

// Where a filter is refused or nobody answers, the list of before must not stand below it as if it were the answer.
for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(name, ({ detail }) => location.assign(detail.pathInfo.finalRequestPath));
}

// How many there are now is said to who does not see the list change.
document.addEventListener("htmx:afterSettle", () => {
  document.getElementById("told").textContent = document.querySelector("#results .lead")?.textContent ?? "";
});

// Who decides otherwise than may go without a reason is asked for it before the form is sent.
document.addEventListener("change", (event) => {
  const { type, value, form } = event.target;
  const why = type === "radio" && form?.querySelector("[data-spared]");
  if (why) why.required = value !== why.dataset.spared;
});

// Back from a refusal the browser still has what was typed.
document.addEventListener("click", (event) => {
  if (history.length < 2 || !event.target.closest?.("a.back")) return;
  event.preventDefault();
  history.back();
});
