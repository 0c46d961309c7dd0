create function open_a() returns trigger language plpgsql as $$ begin update public.a set pos = pos + 1 where pos >= new.pos and id <> new.id; return null; end $$;
create function close_b() returns trigger language plpgsql as $$ begin update public.b set pos = pos - 1 where pos > old.pos; return null; end $$;
create trigger opened after insert on a for each row execute procedure open_a();
create trigger closed after delete on b for each row execute procedure close_b();
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
