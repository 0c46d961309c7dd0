set standard_conforming_strings = on;
update quoted set id = 2, updated_at = now();
update unknown set id = 3, updated_at = now() where id = 2;
update tagged set id = 3001, updated_at = now() where id = 1;
update stamped set id = 3, updated_at = now() where id = 1;
