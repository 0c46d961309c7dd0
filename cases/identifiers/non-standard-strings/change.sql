delete from "back\slash" where "k\" in ($$\$$, $$\'$$);
update "back\slash" set "v\'" = $$\x41$$, updated_at = now() where "k\" = $$\n$$;
insert into "back\slash" values ($$\\$$, $$\$$, '2023-01-01');
