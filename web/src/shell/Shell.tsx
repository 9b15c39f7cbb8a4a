import { ActionIcon } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { IconMenu2, IconSearch } from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { Navigate, Outlet, useLocation } from "react-router";
import { useSession } from "@/hooks/useSession";
import { useWorkspace, useWorkspaceName } from "@/hooks/useWorkspace";
import { Problem } from "@/parts/Problem";
import { Side } from "@/parts/Side";
import { Simulated } from "@/parts/Simulated";
import { useTour } from "@/tour/state";
import { allWords } from "@/words";
import { useSay } from "@/words/say";
import { KeysHelp } from "./KeysHelp";
import { MeMenu } from "./MeMenu";
import { Nav } from "./Nav";
import { rememberWorkspace } from "./remembered";
import classes from "./Shell.module.css";
import { useGoKeys } from "./useGoKeys";
import { WorkspaceSwitcher } from "./WorkspaceSwitcher";

// It comes when it is first called for.
const Palette = lazy(() => import("./Palette"));
const Bell = lazy(() => import("./Bell"));
const Tour = lazy(async () => (await Promise.all([import("@/tour/Tour"), allWords()]))[0]);

/** Whether the workspace holds simulated data, on every page of it. */
function Marked() {
  return useWorkspace().data?.simulated ? <Simulated /> : null;
}

const MAC = navigator.platform.startsWith("Mac");

/** What surrounds every page of a workspace: where one can go, which workspace, how it looks. */
export function Shell() {
  const say = useSay();
  const ws = useWorkspaceName();
  const session = useSession();
  const touring = useTour() !== null;
  const [drawer, { open, close }] = useDisclosure();
  const [wanted, setWanted] = useState(0);
  const find = () => setWanted((times) => times + 1);
  useHotkeys([["mod+K", find]], []);
  useGoKeys();
  useEffect(() => rememberWorkspace(ws), [ws]);
  const content = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const came = useRef(pathname);
  // Where what had the keys went with its page, the next page has them: Tab goes on there, not at the very beginning.
  useEffect(() => {
    if (came.current === pathname) return;
    came.current = pathname;
    const drawn = requestAnimationFrame(() => {
      if (document.activeElement === document.body) content.current?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(drawn);
  }, [pathname]);

  if (session.isError) return <Problem error={session.error} retry={() => session.refetch()} alone />;
  if (session.data && !session.data.person && !session.data.workspaces.length)
    return <Navigate to="/" replace />;
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        {say("web.shell.skip")}
      </a>
      <div className={classes.side}>
        <Nav />
      </div>
      <header className={classes.bar}>
        <ActionIcon
          className={classes.burger}
          variant="subtle"
          color="gray"
          onClick={open}
          aria-label={say("web.shell.menu")}
        >
          <IconMenu2 size={18} />
        </ActionIcon>
        <WorkspaceSwitcher />
        <Marked />
        <div className={classes.space} />
        <button type="button" className={classes.search} onClick={find}>
          <IconSearch size={14} />
          <span>{say("web.shell.find")}</span>
          <kbd>{MAC ? "⌘K" : "Ctrl K"}</kbd>
        </button>
        <div className={classes.bell}>
          <Suspense>{session.data && <Bell />}</Suspense>
        </div>
        <MeMenu />
      </header>
      <main id="content" ref={content} className={classes.main} tabIndex={-1}>
        {/* A page may ask at once, and what it asks needs the session's token. */}
        <Suspense>{session.data && <Outlet />}</Suspense>
      </main>
      <Side
        opened={drawer}
        onClose={close}
        size={240}
        padding={0}
        withCloseButton={false}
        classNames={{ header: classes.heard }}
        title={say("web.shell.menu")}
      >
        <Nav onGo={close} />
      </Side>
      {wanted > 0 && (
        <Suspense>
          <Palette called={wanted} />
        </Suspense>
      )}
      <KeysHelp />
      {touring && (
        <Suspense>
          <Tour />
        </Suspense>
      )}
    </div>
  );
}
