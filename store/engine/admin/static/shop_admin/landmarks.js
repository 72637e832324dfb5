// SimpleBar makes each scrolling part a landmark with the same name. Named before it does, each has its own.
document.addEventListener("DOMContentLoaded", () => {
  const named = [["#nav-sidebar", "Pages of the desk"], ["#changelist-filter", "Filters"], ["main", "List"]];
  document.querySelectorAll("[data-simplebar]").forEach((part) => {
    const found = named.find(([place]) => part.closest(place));
    if (found) part.setAttribute("data-simplebar-aria-label", found[1]);
  });
});
