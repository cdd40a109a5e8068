// What the pages can do beyond being read: copy commands, put the invitation of the address into
// the command, and keep rooms up to date. Texts of rooms are set as text, never as markup.
"use strict";
(() => {
  const all = (root, selector) => [...root.querySelectorAll(selector)];
  const show = (root, states) => {
    for (const element of all(root, "[data-when]")) {
      const state = element.dataset.when;
      if (state in states) element.hidden = !states[state];
    }
  };

  // Commands.
  const copy = async (code) => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      return true;
    } catch {
      // Without https there is no clipboard, but an older way.
      getSelection().selectAllChildren(code);
      return document.execCommand("copy");
    }
  };
  for (const button of all(document, "button[data-copy]")) {
    const words = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const code = document.getElementById(button.dataset.copy);
      button.textContent = (await copy(code)) ? button.dataset.done : button.dataset.failed;
      setTimeout(() => { button.textContent = words; }, 2500);
    });
  }

  // An invitation is what follows the # of a link: 32 hexadecimal digits, and of one that was cut
  // off fewer, so that the client can say so. It never leaves this page.
  for (const section of all(document, "[data-join]")) {
    const code = document.getElementById(section.dataset.join);
    const [, command, link] = /^(.* )(\S+)$/.exec(code.textContent);
    const invite = () => {
      const token = /^#[0-9A-Fa-f]{16,64}$/.exec(location.hash);
      code.textContent = token ? `${command}'${link}${token[0]}'` : command + link;
      show(section, { bare: !token, invited: Boolean(token) });
    };
    addEventListener("hashchange", invite);
    invite();
  }

  // Rooms.
  const two = (number) => String(number).padStart(2, "0");
  const clock = (seconds) => {
    const whole = Math.max(0, Math.floor(seconds));
    const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
    const rest = two(whole % 60);
    return hours ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
  };
  // By the clock of whoever reads it, with the day if that is not today.
  const timeOfDay = (seconds) => {
    const at = new Date(seconds * 1000);
    const day = at.toDateString() === new Date().toDateString() ? {} : { weekday: "short" };
    const time = { hour: "2-digit", minute: "2-digit", ...day };
    return at.toLocaleTimeString(document.documentElement.lang, time);
  };
  const shown = new Map();
  const hasEnd = (playing) => Boolean(playing && !playing.live && playing.duration > 0);
  const position = ({ card, at }) => {
    const { position, rate, paused, duration } = card.playing;
    const ran = paused ? 0 : rate * (performance.now() - at) / 1000;
    return duration > 0 ? Math.min(position + ran, duration) : position + ran;
  };
  const set = (root, values) => {
    for (const element of all(root, "[data-is]")) {
      const value = values[element.dataset.is];
      if (value !== undefined && element.textContent !== value) element.textContent = value;
    }
  };
  const tick = (element, room) => {
    const { playing } = room.card;
    if (!playing || playing.live) return;
    const here = position(room);
    const end = hasEnd(playing) ? ` / ${clock(playing.duration)}` : "";
    set(element, { time: clock(here) + end });
    if (end) {
      const bar = element.querySelector("progress");
      bar.max = playing.duration;
      bar.value = here;
    }
  };
  const fill = (element, card) => {
    const room = { card, at: performance.now() };
    shown.set(element, room);
    const { playing, next, lobby } = card;
    show(element, {
      lobby: Boolean(lobby), starts: Boolean(lobby && lobby.starts),
      idle: !playing, playing: Boolean(playing), running: Boolean(playing && !playing.paused),
      paused: Boolean(playing && playing.paused && !lobby), stream: Boolean(playing && playing.live),
      placed: Boolean(playing && !playing.live && !lobby), timed: hasEnd(playing),
      titled: Boolean(card.title), admin: Boolean(card.admin), next: Boolean(next),
      watched: card.viewers > 0, empty: card.viewers === 0,
    });
    set(element, {
      name: card.title || card.id, id: card.id, viewers: String(card.viewers),
      admin: card.admin || "", media: playing ? playing.title || playing.kind : "",
      next: next ? next.title || next.kind : "",
      starts: lobby && lobby.starts ? timeOfDay(lobby.starts) : "",
      ready: lobby ? `${lobby.ready}${lobby.wanted ? ` / ${lobby.wanted}` : ""}` : "",
    });
    const link = element.querySelector("a[data-rooms]");
    if (link) link.href = link.dataset.rooms + card.id;
    tick(element, room);
  };
  for (const element of all(document, "[data-card]")) {
    fill(element, JSON.parse(element.dataset.card));
  }
  setInterval(() => { for (const [element, room] of shown) tick(element, room); }, 1000);

  const answer = async (address) => {
    const response = await fetch(address, { cache: "no-store" });
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  };
  const EVERY = 10000;

  // The page of one room asks for it, since an unlisted one is in no list.
  for (const element of all(document, "[data-room]")) {
    setInterval(async () => {
      if (document.hidden) return;
      try {
        const card = await answer(element.dataset.room);
        if (card) fill(element, card);
        else location.reload();
      } catch {
        // The next answer will do.
      }
    }, EVERY);
  }

  // A list is told what changes.
  for (const list of all(document, "[data-feed]")) {
    const template = document.querySelector("template").content.firstElementChild;
    const most = Number(list.dataset.most) || Infinity;
    const elements = new Map();
    const cards = new Map();
    for (const element of list.children) {
      const { card } = shown.get(element);
      elements.set(card.id, element);
    }
    const arrange = () => {
      const order = [...cards.values()].sort(
        (a, b) => b.viewers - a.viewers || (a.id < b.id ? -1 : 1),
      ).slice(0, most);
      const wanted = order.map(({ id }) => elements.get(id));
      for (const element of [...list.children]) {
        if (!wanted.includes(element)) element.remove();
      }
      wanted.forEach((element, at) => {
        if (list.children[at] !== element) list.insertBefore(element, list.children[at] || null);
      });
      for (const none of all(document, "[data-none]")) none.hidden = cards.size > 0;
    };
    const put = (card) => {
      const element = elements.get(card.id) || template.cloneNode(true);
      elements.set(card.id, element);
      cards.set(card.id, card);
      fill(element, card);
    };
    const take = (id) => {
      shown.delete(elements.get(id));
      elements.delete(id);
      cards.delete(id);
    };
    const replace = (rooms) => {
      const ids = new Set(rooms.map(({ id }) => id));
      for (const id of [...elements.keys()]) if (!ids.has(id)) take(id);
      rooms.forEach(put);
      arrange();
    };
    const say = (state) => {
      const states = { reload: false, live: false, polled: false, lost: false };
      for (const line of all(document, "[data-updates]")) show(line, { ...states, [state]: true });
    };
    const poll = async () => {
      try {
        replace(await answer(list.dataset.list));
        say("polled");
      } catch {
        say("lost");
      }
      setTimeout(poll, EVERY);
    };
    const source = new EventSource(list.dataset.feed);
    source.onmessage = ({ data }) => {
      const event = JSON.parse(data);
      if (event.type === "snapshot") {
        replace(event.rooms);
      } else if (event.type === "changes") {
        event.removed.forEach(take);
        event.changed.forEach(put);
        arrange();
      }
      say("live");
    };
    source.onerror = () => {
      say("lost");
      // A browser comes back by itself unless the server has refused it.
      if (source.readyState === EventSource.CLOSED) poll();
    };
  }
})();
