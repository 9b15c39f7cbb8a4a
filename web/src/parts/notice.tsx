import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import classes from "./notice.module.css";

/** Says that something was done, and lets it be taken back for a while. */
export function undoable(done: string, verb: string, undo: () => void): void {
  const id = notifications.show({
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
  notifications.show({ message });
}

/** Says why something was not done. */
export function refused(error: Error): void {
  notifications.show({ message: error.message, color: "red" });
}
