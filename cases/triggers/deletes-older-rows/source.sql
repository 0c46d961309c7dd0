create function trim_same() returns trigger language plpgsql as $$ begin delete from public.same where id in (select id from public.same order by id limit greatest((select count(*) from public.same) - 8, 0)); return null; end $$;
create trigger trimmed after insert on same for each row execute procedure trim_same();
