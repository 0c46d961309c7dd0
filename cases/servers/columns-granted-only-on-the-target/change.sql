update enough set shown = 'z';
insert into enough values (2, 'c', 'd');
