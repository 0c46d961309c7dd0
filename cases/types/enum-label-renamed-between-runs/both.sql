create type mood as enum ('sad', 'glad');
create table person (id int primary key, mood mood, moods mood[], updated_at timestamptz not null default '2025-01-01');
