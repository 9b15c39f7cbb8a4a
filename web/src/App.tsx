import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "react-router";
import { client } from "./api/client";
import { router } from "./routes";
import { theme, variables } from "./theme/theme";

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
