import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "react-router";
import { ProblemError } from "./api/problem";
import { router } from "./routes";
import { theme, variables } from "./theme/theme";

const client = new QueryClient({
  defaultOptions: {
    // Where the browser has no network Lvtu may well be there: on the same machine. Who cannot be reached says so.
    mutations: { networkMode: "always" },
    queries: {
      networkMode: "always",
      refetchOnReconnect: true,
      refetchOnWindowFocus: false,
      // A refusal stays one; what did not get through is worth a second try.
      retry: (failures, error) => failures < 1 && !(error instanceof ProblemError && error.status < 500),
    },
  },
});

const scheme = localStorageColorSchemeManager({ key: "lvtu.scheme" });

export function App() {
  return (
    <QueryClientProvider client={client}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={variables}
        colorSchemeManager={scheme}
        defaultColorScheme="auto"
      >
        <Notifications position="bottom-center" />
        <RouterProvider router={router} />
      </MantineProvider>
    </QueryClientProvider>
  );
}
