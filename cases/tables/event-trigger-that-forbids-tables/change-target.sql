create function forbid() returns event_trigger language plpgsql as $$ begin raise exception 'no tables here'; end $$;
create event trigger forbid on ddl_command_start when tag in ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO') execute procedure forbid();
