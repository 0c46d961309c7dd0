// The dashboard of a node. Everything that comes from a server becomes text, never markup: only textContent is written.
'use strict';

const byId = id => document.getElementById(id);
const PAGE = 50;
const AGES_EVERY = 5000;
const NEVER_MORE_OFTEN = 1500;
const BEFORE_TRYING_AGAIN = 2000;
const KEY = 'pgsync.token';

const members = new Map();
const runs = new Map();
const inWork = new Map();
const rates = new Map();
let offset = 0;
let total = 0;
let lastEventId = null;
let generation = 0;

// ---- asking the node

class TokenWanted extends Error {}

function headers() {
  const token = sessionStorage.getItem(KEY);
  return token ? { Authorization: 'Bearer ' + token } : {};
}

async function ask(path) {
  const answer = await fetch(path, { headers: headers(), cache: 'no-store' });
  if (answer.status === 401) throw new TokenWanted();
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.message + (body.remedy ? ': ' + body.remedy : ''));
  return body;
}

function showProblem(text) {
  byId('problem').textContent = text || '';
  byId('problem').hidden = !text;
}

function askForToken() {
  generation++;
  const tried = sessionStorage.getItem(KEY) !== null;
  sessionStorage.removeItem(KEY);
  byId('content').hidden = true;
  byId('login').hidden = false;
  byId('login-problem').hidden = !tried;
  byId('login-problem').textContent = tried ? 'That was not the token of this node.' : '';
  byId('connection').textContent = 'waiting for the token';
  byId('token').value = '';
  byId('token').focus();
}

byId('login').addEventListener('submit', event => {
  event.preventDefault();
  sessionStorage.setItem(KEY, byId('token').value.trim());
  byId('token').value = '';
  start();
});

// ---- listening: server-sent events read with fetch, since EventSource cannot send a token

async function listen(mine) {
  while (mine === generation) {
    try {
      await listenOnce(mine);
    } catch (problem) {
      if (mine !== generation) return;
      if (problem instanceof TokenWanted) return askForToken();
      showProblem(String(problem.message || problem));
    }
    if (mine !== generation) return;
    byId('connection').textContent = 'no connection, trying again';
    await new Promise(done => setTimeout(done, BEFORE_TRYING_AGAIN));
  }
}

async function listenOnce(mine) {
  const known = lastEventId ? { 'Last-Event-ID': lastEventId } : {};
  const answer = await fetch('api/v1/events', { headers: { ...headers(), ...known }, cache: 'no-store' });
  if (answer.status === 401) throw new TokenWanted();
  if (!answer.ok) throw new Error((await answer.json()).message);
  byId('connection').textContent = 'live';
  showProblem('');
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  while (mine === generation) {
    const { done, value } = await reader.read();
    if (done) return;
    const events = (rest + value).split('\n\n');
    rest = events.pop();
    events.forEach(hear);
    draw();
  }
  await reader.cancel();
}

function hear(text) {
  let name = '';
  let data = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('id: ')) lastEventId = line.slice(4);
    if (line.startsWith('event: ')) name = line.slice(7);
    if (line.startsWith('data: ')) data = line.slice(6);
  }
  if (name) on[name]?.(JSON.parse(data));
}

const on = {
  reset() {
    members.clear();
    runs.clear();
    rates.clear();
    inWork.clear();
    refresh();
  },
  member(member) {
    if (member.present) {
      members.set(member.id, { ...member, heartbeatAgeMs: members.get(member.id)?.heartbeatAgeMs ?? null });
    } else {
      members.delete(member.id);
    }
  },
  run(run) {
    const before = runs.get(run.id);
    runs.set(run.id, run);
    measure(run);
    if (!before || before.state !== run.state) refresh();
  },
  table(table) {
    const place = JSON.stringify([table.runId, table.table]);
    if (table.status === 'running') {
      inWork.set(place, table);
    } else {
      inWork.delete(place);
      refresh();
    }
  },
  recovered() {
    showProblem('');
  },
  problem(problem) {
    showProblem(problem.message + ': ' + problem.remedy);
  },
};

/** Rates of the last seconds, from two states of the same run. */
function measure(run) {
  const rows = run.counts.rowsUpserted + run.counts.rowsDeleted + run.counts.rowsUnchanged;
  const now = { seconds: run.pace.seconds, rows, bytes: run.counts.bytes, perSecond: null };
  const before = rates.get(run.id);
  const passed = before ? now.seconds - before.seconds : 0;
  if (passed > 0) {
    now.perSecond = { rows: Math.max(0, rows - before.rows) / passed, bytes: Math.max(0, now.bytes - before.bytes) / passed };
  }
  rates.set(run.id, now);
}

// ---- writing: numbers and elements

const count = n => n === null || n === undefined ? '' : Math.round(n).toLocaleString('en');

function size(bytes) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (bytes >= 1000 && unit < units.length - 1) {
    bytes /= 1000;
    unit++;
  }
  return (unit === 0 ? Math.round(bytes) : bytes.toFixed(1)) + ' ' + units[unit];
}

function duration(seconds) {
  if (seconds === null || seconds === undefined) return '';
  if (seconds < 60) return (seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)) + ' s';
  if (seconds < 3600) return Math.floor(seconds / 60) + ' min ' + Math.round(seconds % 60) + ' s';
  if (seconds < 172800) return Math.floor(seconds / 3600) + ' h ' + Math.round((seconds % 3600) / 60) + ' min';
  return Math.round(seconds / 86400) + ' days';
}

const moment = stamp => stamp ? stamp.slice(0, 19).replace('T', ' ') + 'Z' : '';
const name = table => table.schema + '.' + table.table;

function element(kind, text, className) {
  const made = document.createElement(kind);
  if (className) made.className = className;
  const inner = document.createElement('bdi'); // a name with right-to-left characters cannot turn its neighbours round
  inner.textContent = text === null || text === undefined ? '' : String(text);
  made.append(inner);
  return made;
}

function row(cells) {
  const made = document.createElement('tr');
  cells.forEach(([text, className]) => made.append(element('td', text, className)));
  return made;
}

const fill = (id, rows) => byId(id).tBodies[0].replaceChildren(...rows);
const stateClass = state => 'state ' + (/^[a-z]+$/.test(state) ? state : '');

// ---- drawing what the events told

let drawing = false;

function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    drawMembers();
    drawRun();
  });
}

function drawMembers() {
  fill('members', [...members.values()].map(member => row([
    [member.name + (member.leads ? ' (leads)' : '')],
    [member.role],
    [member.address],
    [member.tasks === null ? '' : member.tasks + ' of ' + member.slots],
    [member.alive ? duration(member.heartbeatAgeMs === null ? null : member.heartbeatAgeMs / 1000) : 'silent', member.alive ? '' : 'state dead'],
    [member.version],
    [member.note, 'long'],
  ])));
}

/** The newest run that is at work; else the newest. */
function currentRun() {
  const all = [...runs.values()].sort((a, b) => a.startedAt < b.startedAt ? 1 : -1);
  return all.find(run => run.state === 'running') || all.find(run => run.state === 'planning') || all[0];
}

function drawRun() {
  const run = currentRun();
  byId('run').hidden = !run;
  byId('run-none').hidden = !!run;
  if (!run) return;
  byId('run-state').textContent = run.state;
  byId('run-state').className = stateClass(run.state);
  byId('run-what').textContent = run.mode + (run.dryRun ? ', dry run' : '') + ', asked for by ' + run.requestedBy + (run.cancelRequested && !run.finishedAt ? ', being cancelled' : '');
  const bar = byId('run-progress');
  if (run.pace.progress === null) bar.removeAttribute('value'); else bar.value = run.pace.progress;
  const live = run.state === 'running' && rates.get(run.id)?.perSecond;
  const facts = [
    ['Progress', run.pace.progress === null ? '' : Math.floor(run.pace.progress * 100) + ' %'],
    [run.finishedAt ? 'Took' : 'Since', duration(run.pace.seconds)],
    ['Left, about', run.pace.etaSeconds === null ? '' : duration(run.pace.etaSeconds)],
    ['Rows a second', count(live ? live.rows : run.pace.rowsPerSecond)],
    ['Bytes a second', size(live ? live.bytes : run.pace.bytesPerSecond)],
    ['Tables done', count(run.counts.tablesDone) + (run.counts.tables === null ? '' : ' of ' + count(run.counts.tables))],
    ['Failed', count(run.counts.tablesFailed + run.counts.tablesGuarded)],
    ['Skipped', count(run.counts.tablesSkipped)],
    ['Upserted', count(run.counts.rowsUpserted)],
    ['Deleted', count(run.counts.rowsDeleted)],
    ['Read', size(run.counts.bytes)],
    ['Horizon', moment(run.horizon)],
  ];
  byId('run-facts').replaceChildren(...facts.filter(([, value]) => value !== '').map(([title, value]) => {
    const pair = document.createElement('div');
    pair.append(element('dt', title), element('dd', value));
    return pair;
  }));
  byId('run-error').hidden = !run.error;
  byId('run-error').textContent = run.error ? run.error + (run.remedy ? ': ' + run.remedy : '') : '';
  const working = [...inWork.values()].filter(table => table.runId === run.id);
  byId('in-work-title').hidden = working.length === 0;
  byId('in-work').replaceChildren(...working.map(table => element('li',
    name(table.table) + ' – ' + table.mode + ', ' + count(table.rowsUpserted) + ' rows, ' + size(table.bytes)
    + (table.tasks > 1 ? ', ' + table.tasksDone + ' of ' + table.tasks + ' parts' : ''))));
}

// ---- lists that are asked for

let asked = 0;
let refreshing = null;

/** Asks for the lists anew, soon and not too often. */
function refresh() {
  refreshing ??= setTimeout(() => {
    refreshing = null;
    asked = Date.now();
    guarded(loadTables);
    guarded(loadRuns);
  }, Math.max(0, asked + NEVER_MORE_OFTEN - Date.now()));
}

async function guarded(load) {
  const mine = generation;
  try {
    await load();
  } catch (problem) {
    if (mine !== generation) return;
    if (problem instanceof TokenWanted) askForToken(); else showProblem(String(problem.message || problem));
  }
}

let newest = 0;

async function loadTables() {
  const mine = ++newest;
  const [sort, order] = byId('sort').value.split('.');
  const query = new URLSearchParams({ limit: PAGE, offset, sort, order });
  if (byId('filter').value) query.set('filter', byId('filter').value);
  if (byId('state').value) query.set('state', byId('state').value);
  const page = await ask('api/v1/tables?' + query);
  if (mine !== newest) return; // an answer that was overtaken
  if (page.total > 0 && offset >= page.total) {
    offset = Math.floor((page.total - 1) / PAGE) * PAGE;
    return loadTables();
  }
  total = page.total;
  byId('tables-total').textContent = count(total);
  byId('place').textContent = total === 0 ? 'none' : count(offset + 1) + ' to ' + count(offset + page.tables.length);
  byId('back').disabled = offset === 0;
  byId('forth').disabled = offset + PAGE >= total;
  fill('tables', page.tables.map(table => row([
    [name(table.table)],
    [table.state, stateClass(table.state)],
    [table.mode],
    [moment(table.watermark)],
    [duration(table.lagSeconds), 'number'],
    [count(table.lastRun?.rowsUpserted), 'number'],
    [count(table.lastRun?.rowsDeleted), 'number'],
    [table.lastError ?? table.lastRun?.error, 'long'],
  ])));
}

async function loadRuns() {
  const page = await ask('api/v1/runs?limit=10');
  fill('runs', page.runs.map(run => row([
    [moment(run.startedAt)],
    [run.state, stateClass(run.state)],
    [run.mode + (run.dryRun ? ', dry run' : '')],
    [duration(run.pace.seconds), 'number'],
    [count(run.counts.tables), 'number'],
    [count(run.counts.tablesFailed + run.counts.tablesGuarded), 'number'],
    [count(run.counts.rowsUpserted), 'number'],
    [count(run.counts.rowsDeleted), 'number'],
    [run.requestedBy],
  ])));
}

async function loadCluster() {
  const cluster = await ask('api/v1/cluster');
  byId('cluster-name').textContent = cluster.name;
  document.title = 'pgsync ' + cluster.name;
  for (const member of cluster.members) {
    const known = members.get(member.id);
    if (known) Object.assign(known, { heartbeatAgeMs: member.heartbeatAgeMs, tasks: member.tasks });
  }
  draw();
}

function turn(pages) {
  offset = Math.max(0, offset + pages * PAGE);
  guarded(loadTables);
}

byId('back').addEventListener('click', () => turn(-1));
byId('forth').addEventListener('click', () => turn(1));
for (const id of ['filter', 'state', 'sort']) {
  byId(id).addEventListener('input', () => {
    offset = 0;
    guarded(loadTables);
  });
}

async function ages(mine) {
  while (mine === generation) {
    if (!document.hidden) await guarded(loadCluster);
    await new Promise(done => setTimeout(done, AGES_EVERY));
  }
}

function start() {
  const mine = ++generation;
  lastEventId = null;
  byId('login').hidden = true;
  byId('content').hidden = false;
  byId('connection').textContent = 'connecting';
  ages(mine);
  listen(mine);
}

start();
