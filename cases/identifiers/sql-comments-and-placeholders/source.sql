insert into "--" values (1, '/*', '*/', ':name', '@p', '$$', '$body$');
insert into "/* */" values (1, 'x', 'y', '%s');
insert into "${x}" values (1, '{0}', '#', '<');
insert into "?" values (1, '?', '$2', 'A');
insert into "`ls`" values (1, '$(id)', '|');
