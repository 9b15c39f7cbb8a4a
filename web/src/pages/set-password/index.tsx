import { Button } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { useLink, useSetPassword } from "@/hooks/useSession";
import { Page } from "@/parts/Page";
import { Password } from "@/parts/Password";
import { Problem } from "@/parts/Problem";
import { useSay } from "@/words/say";
import classes from "../sign-in/SignIn.module.css";

/** Where somebody sets a password of their own, with the link that an admin handed to them. */
export default function SetPassword() {
  const say = useSay();
  const go = useNavigate();
  // Read once, then taken out of the address: it is not to stay in the browser's history.
  const [key] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get("key") ?? "");
  useEffect(() => window.history.replaceState(null, "", window.location.pathname), []);
  const whose = useLink(key);
  const set = useSetPassword();
  const [password, setPassword] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate({ key, password }, { onSuccess: () => go("/") });
  };
  return (
    <Page title={say("web.sign_in.set")} alone>
      <main className={classes.card}>
        <div className={classes.brand}>
          {say("web.shell.brand")} <small>{say("web.shell.brand_more")}</small>
        </div>
        {whose.isError && <Problem error={whose.error} />}
        {whose.data && (
          <form onSubmit={submit} className={classes.form}>
            <h1>{say("web.sign_in.set")}</h1>
            <p>{say("web.sign_in.set_for", { name: whose.data.email })}</p>
            <input type="hidden" autoComplete="username" value={whose.data.email} readOnly />
            <Password
              label={say("web.sign_in.new_password")}
              description={say("web.sign_in.at_least")}
              autoComplete="new-password"
              required
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            {set.isError && <Problem error={set.error} />}
            <Button type="submit" loading={set.isPending} fullWidth>
              {say("web.sign_in.set_it")}
            </Button>
          </form>
        )}
      </main>
    </Page>
  );
}
