insert into "back\slash" values ($$\$$, $$\\$$), ($$\n$$, $$\t$$), ($$\'$$, $$'$$), ($$x$$, $$y$$);
