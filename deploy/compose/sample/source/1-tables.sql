create table customer (id bigint primary key, name text not null, updated_at timestamptz not null default now());

create table purchase (id bigint primary key, customer bigint not null references customer, cents bigint not null, updated_at timestamptz not null default now());
