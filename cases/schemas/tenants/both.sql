create schema tenant_1; create schema "tenant-2"; create schema shared; create schema private;
create type shared.state as enum ('open', 'closed');
create table shared.plan (id int primary key, name text);
create table tenant_1.invoice (id int primary key, plan int references shared.plan, state shared.state, updated_at timestamptz default now());
create table "tenant-2".invoice (id int primary key, plan int references shared.plan, state shared.state, updated_at timestamptz default now());
create table private.invoice (id int primary key);
