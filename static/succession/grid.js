/* Dragging a name to a box opens the form that places the person there; it asks for evidence. */
const TYPE = "text/portal-place";

document.addEventListener("dragstart", (event) => {
  const name = event.target.closest("[data-place]");
  if (name) event.dataTransfer.setData(TYPE, name.dataset.place);
});

for (const box of document.querySelectorAll("[data-box]")) {
  box.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes(TYPE)) return;
    event.preventDefault();
    box.classList.add("is-over");
  });
  box.addEventListener("dragleave", () => box.classList.remove("is-over"));
  box.addEventListener("drop", (event) => {
    const place = event.dataTransfer.getData(TYPE);
    if (!place) return;
    event.preventDefault();
    const url = new URL(place, location.href);
    url.searchParams.set("box", box.dataset.box);
    location.assign(url);
  });
}
