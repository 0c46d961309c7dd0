create table t (id int primary key, v text, w text not null generated always as (upper(v)) stored, updated_at timestamptz default now());
