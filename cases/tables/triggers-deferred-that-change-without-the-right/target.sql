create table t (id int primary key, v text, updated_at timestamptz not null default '2024-01-01');
create function spoil() returns trigger language plpgsql as $$ begin if new.v <> 'spoilt' then update public.t set v = 'spoilt' where id = new.id; end if; return null; end $$;
create constraint trigger a after insert or update on t deferrable initially deferred for each row execute procedure spoil();
grant create on database ${database} to ${role}; grant usage on schema public to ${role}; grant select, insert, update, delete on t to ${role};
