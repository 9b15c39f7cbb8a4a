import { createBrowserRouter } from "react-router";
import { Broken } from "./parts/Broken";
import { Home } from "./shell/Home";
import { Landing } from "./shell/Landing";
import { Nowhere } from "./shell/Nowhere";
import { Shell } from "./shell/Shell";
import { allWords } from "./words";

type Page = { default: React.ComponentType };

/** What did not come is told where the page would stand: the router itself would show nothing at all. */
const unless = (failed: unknown): Page => ({
  default: () => {
    throw failed;
  },
});

/** Every page is loaded when it is first opened; a page is the default export of its folder. */
const page = (load: () => Promise<Page>) => ({
  lazy: async () => ({ Component: (await load().catch(unless)).default }),
  errorElement: <Broken />,
});

/** A page with words of its own. */
const wordy = (load: () => Promise<Page>) => page(async () => (await Promise.all([load(), allWords()]))[0]);

export const router = createBrowserRouter([
  {
    errorElement: <Broken />,
    hydrateFallbackElement: <span />,
    children: [
      { path: "/", element: <Home /> },
      { path: "/sign-in", ...page(() => import("./pages/sign-in")) },
      { path: "/set-password", ...page(() => import("./pages/set-password")) },
      { path: "/shared/:token", ...wordy(() => import("./pages/shared")) },
      {
        path: "/w/:ws",
        element: <Shell />,
        errorElement: <Broken />,
        children: [
          { index: true, element: <Landing /> },
          { path: "overview/*", ...page(() => import("./pages/overview")) },
          { path: "explore/:analysis?", ...page(() => import("./pages/explore")) },
          { path: "maps/*", ...wordy(() => import("./pages/maps")) },
          { path: "inbox", ...wordy(() => import("./pages/inbox")) },
          { path: "insights/*", ...wordy(() => import("./pages/insights")) },
          { path: "voice", ...wordy(() => import("./pages/voice")) },
          { path: "feedback", ...wordy(() => import("./pages/feedback")) },
          { path: "interviews/*", ...wordy(() => import("./pages/interviews")) },
          { path: "surveys/*", ...wordy(() => import("./pages/surveys")) },
          { path: "boards/*", ...wordy(() => import("./pages/boards")) },
          { path: "start/*", ...wordy(() => import("./pages/start")) },
          { path: "customers/*", ...wordy(() => import("./pages/customers")) },
          { path: "data/*", ...wordy(() => import("./pages/data")) },
          { path: "settings/*", ...wordy(() => import("./pages/settings")) },
          { path: "*", element: <Nowhere /> },
        ],
      },
      { path: "*", element: <Nowhere /> },
    ],
  },
]);
