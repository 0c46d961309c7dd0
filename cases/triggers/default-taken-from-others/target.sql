create function take_one() returns trigger language plpgsql as $$ begin if new.is_default then update public.one set is_default = false where id <> new.id and is_default; end if; return new; end $$;
create trigger taken before insert or update on one for each row execute procedure take_one();
create function take_several() returns trigger language plpgsql as $$ begin if new.is_default then update public.several set is_default = false where id <> new.id and is_default; end if; return new; end $$;
create trigger taken before insert or update on several for each row execute procedure take_several();
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
