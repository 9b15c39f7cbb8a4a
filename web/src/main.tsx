import "./theme/mantine.css";
import "@mantine/notifications/styles.css";
import "./theme/tokens.css";
import "./theme/fingers.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { start } from "./words";

const root = document.getElementById("root");
if (!root) throw new Error("no root");
start().then(() =>
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);
