import { Menu } from "@mantine/core";
import { useSay } from "@/words/say";
import classes from "./ActMenu.module.css";

export interface Item {
  key: string;
  label: string;
  keys?: string;
  run: () => void;
  /** A line stands before it. */
  apart?: boolean;
  disabled?: boolean;
}

/** What can be done with what is selected, at the place where one asked for it. */
export function ActMenu({
  at,
  items,
  onClose,
}: {
  at: { x: number; y: number } | null;
  items: Item[];
  onClose: () => void;
}) {
  const say = useSay();
  return (
    <Menu
      opened={at !== null}
      onChange={(opened) => opened || onClose()}
      position="bottom-start"
      returnFocus={false}
      trapFocus
      hideDetached={false}
      // Not the keys: the one that opened it would close it.
      clickOutsideEvents={["mousedown", "touchstart"]}
      // A long menu scrolls where the window is low.
      middlewares={{ flip: true, shift: true, size: true }}
      width={230}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          className={classes.at}
          style={{ left: at?.x ?? 0, top: at?.y ?? 0 }}
          aria-label={say("web.maps.edit.menu")}
        />
      </Menu.Target>
      <Menu.Dropdown
        className={classes.menu}
        aria-label={say("web.maps.edit.menu")}
        // A menu opens on its first item, not on nothing.
        onFocus={({ target, currentTarget }) =>
          target.role === "presentation" &&
          currentTarget.querySelector<HTMLElement>("[role=menuitem]:not([data-disabled])")?.focus()
        }
      >
        {items.map((item) => (
          <div key={item.key} role="none">
            {item.apart && <Menu.Divider />}
            <Menu.Item
              disabled={item.disabled}
              onClick={item.run}
              rightSection={item.keys && <kbd className={classes.keys}>{item.keys}</kbd>}
            >
              {item.label}
            </Menu.Item>
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
