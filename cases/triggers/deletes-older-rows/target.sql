create function trim_same() returns trigger language plpgsql as $$ begin delete from public.same where id in (select id from public.same order by id limit greatest((select count(*) from public.same) - 8, 0)); return null; end $$;
create trigger trimmed after insert on same for each row execute procedure trim_same();
create function trim_other() returns trigger language plpgsql as $$ begin delete from public.other where id in (select id from public.other order by id limit greatest((select count(*) from public.other) - 8, 0)); return null; end $$;
create trigger trimmed after insert on other for each row execute procedure trim_other();
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
