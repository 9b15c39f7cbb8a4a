// Runs before anything is painted, so that a dark page never flashes white. A file, because the policy allows no inline scripts.
(() => {
  const kept = localStorage.getItem("lvtu.scheme");
  const dark = kept === "dark" || (kept !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
  const lang = localStorage.getItem("lvtu.lang") ?? (navigator.language.startsWith("zh") ? "zh" : "en");
  document.documentElement.lang = lang;
})();
