import "../styles/tabler.scss";
import "../styles/workspace.css";
import { initChecklist } from "./checklist.js";
import { initChoices } from "./choices.js";
import { initDialogs } from "./dialogs.js";
import { initDrafts } from "./drafts.js";
import "./fills.js";
import { initFilters } from "./filters.js";
import { initKeys } from "./keys.js";
import { initOffline } from "./offline.js";
import { initScoresheet } from "./scoresheet.js";
import { initServer } from "./server.js";
import { initPage, whenReady } from "./start.js";
import { initSubmit } from "./submit.js";
import { initTabs } from "./tabs.js";
import { initUploader } from "./uploader.js";

/** Everything that belongs to a part of a page: at start for the whole, later for what htmx brought. */
function initPart(root) {
  initChecklist(root);
  initChoices(root);
  initDialogs(root);
  initDrafts(root);
  initScoresheet(root);
  initTabs(root);
  initUploader(root);
}

whenReady(() => {
  initPage();
  initOffline();
  initSubmit();
  initFilters();
  initKeys();
  initServer(initPart);
  initPart(document);
});
