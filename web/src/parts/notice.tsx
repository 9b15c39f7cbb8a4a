import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import i18n from "i18next";
import classes from "./notice.module.css";

/** The way to be rid of a notice has a name too. */
const closing = () => ({ closeButtonProps: { "aria-label": i18n.t("web.do.close") } });

/** Says that something was done, and lets it be taken back for a while. */
export function undoable(done: string, verb: string, undo: () => void): void {
  const id = notifications.show({
    ...closing(),
    autoClose: 8000,
    message: (
      <div className={classes.undo}>
        <span>{done}</span>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          {verb}
        </Button>
      </div>
    ),
  });
}

/** Says that something was done. */
export function told(message: string): void {
  notifications.show({ ...closing(), message });
}

/** Says why something was not done. */
export function refused(error: Error): void {
  notifications.show({ ...closing(), message: error.message, color: "red" });
}
