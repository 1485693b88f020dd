import "../styles/public.css";
import { initDialogs } from "./dialogs.js";
import { initFilters } from "./filters.js";
import { initSimulator } from "./simulator.js";
import { initPage, whenReady } from "./start.js";
import { initSubmit } from "./submit.js";

whenReady(() => {
  initPage();
  initSubmit();
  initFilters();
  initDialogs();
  initSimulator();
});
