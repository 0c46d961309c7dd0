# `make` or `make help` lists what there is. Everything here is one line of Maven or of a script, so it can be typed without make too.
SHELL := bash
.DEFAULT_GOAL := help

# The newest Java of 21 or more on this machine: the formatter runs inside Maven and needs it there.
java_home = $(shell ./pgsync java-home)
mvn = ./mvnw -B

.PHONY: help
help: ## what this file can do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1|\2/' | while IFS='|' read -r name text; do printf '  %-12s %s\n' "$$name" "$$text"; done

.PHONY: build
build: ## the product in deploy/target/pgsync, without tests
	$(mvn) -q -DskipTests package

.PHONY: test
test: ## every test, on embedded PostgreSQL 10, 15 and 18
	$(mvn) verify

.PHONY: test-majors
test-majors: ## the tests that repeat themselves on every major from 10 to 18
	$(mvn) -Pmajors verify

.PHONY: cases
cases: ## every directory of cases/ on PostgreSQL 10, 15 and 18; CASE=types/money for one, MAJORS=17,18-11 elsewhere
	$(cases) -Dcase=$(CASE) -Dcase.majors=$(or $(MAJORS),$(main_majors))

# The profile brings the majors in between; its own choice of tests is not meant here.
cases = $(mvn) -q test $(if $(MAJORS),-Pmajors -Dtest.groups=whole-run) -pl deploy -am -Dtest=CasesTest -Dsurefire.failIfNoSpecifiedTests=false
main_majors = 15,10,18
pairs = 10 18 10-11 11-12 12-13 13-14 14-15 15-16 16-17 17-18 10-18 18-10 15-10 18-15

.PHONY: cases-pairs
cases-pairs: ## every directory of cases/ on 10, 18, between neighbours, far up and down; PAIRS="17-16 11" for those alone
	@for pair in $(or $(PAIRS),$(pairs)); do \
	  echo "PostgreSQL $$pair"; $(MAKE) --no-print-directory cases CASE=$(CASE) MAJORS=$$pair || failed="$$failed $$pair"; \
	done; [ -z "$$failed" ] || { echo "failed:$$failed"; exit 1; }

.PHONY: random
random: ## schemas made by chance on PostgreSQL 15: SEEDS=300 of them, FIRST=1 on; SEED=17 for one
	$(mvn) -q test -pl deploy -am -Dtest=RandomSchemasTest -Dsurefire.failIfNoSpecifiedTests=false $(if $(SEED),-Drandom.seed=$(SEED),-Drandom.seeds=$(or $(SEEDS),20) -Drandom.first=$(or $(FIRST),1))

.PHONY: mutation
mutation: ## the core changed one instruction at a time: which change does no test notice? CLASSES='pgsync.claim.*' TESTS=… CASE=…
	JAVA_HOME=$(java_home) $(mvn) -q -Dquick -Pmutation -pl deploy -am process-test-classes \
	  $(if $(CLASSES),-Dmutation.classes='$(CLASSES)') $(if $(TESTS),-Dmutation.tests='$(TESTS)') $(if $(CASE),-Dmutation.cases='$(CASE)')

.PHONY: test-docker
test-docker: ## the whole-run tests on PostgreSQL in containers; starts a Docker engine if there is none
	deploy/test-docker.sh

.PHONY: test-container
test-container: ## the image and the compose file, built and run on a Docker engine; starts one if there is none
	deploy/test-container.sh

# SEED=1 KILLS=60 FREEZES=10 PARTITIONS=10 CRASHES=10 CUTS=50 WRITES=300 ROWS=3000 KIND=killed: all of them optional
chaos = $(foreach name,seed kills freezes partitions crashes cuts writes rows,$(call chaos_setting,$(name),$(shell echo $(name) | tr a-z A-Z)))
chaos_setting = $(if $($(2)),-Dchaos.$(1)=$($(2)))

.PHONY: chaos
chaos: ## kills, freezes, partitions, crashes, cut connections for half an hour, on a cluster of processes; SEED=… repeats one
	rm -rf deploy/target/chaos
	$(mvn) -q verify -pl deploy -am -Dtest=None -Dit.test='FullChaosIT#$(KIND)*' -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dfailsafe.failIfNoSpecifiedTests=false -Dtest.groups.excluded=none $(chaos); \
	  status=$$?; grep -h '; equal ' -r deploy/target/chaos --include=*.log; exit $$status

.PHONY: dist
dist: ## the archives to install, target/pgsync-VERSION.tar.gz and .zip, without tests
	$(mvn) -q -DskipTests -pl deploy -am package

.PHONY: format
format: ## lay every Java file out
	JAVA_HOME=$(java_home) $(mvn) -q spotless:apply

.PHONY: check
check: ## layout, Error Prone, NullAway, no compiler warning, layers and house rules; no database
	JAVA_HOME=$(java_home) CI=true $(mvn) -q clean test -pl deploy -am -Dtest='TidyTest,LayersTest' -Dsurefire.failIfNoSpecifiedTests=false

.PHONY: bench
bench: ## measure against psql COPY | psql COPY
	$(mvn) -q -DskipTests package
	bench/run.sh

.PHONY: demo
demo: ## two databases, a writer, three nodes, one killed, a proof that both sides are equal
	./pgsync demo

.PHONY: shape
shape: ## lengths of methods and files, share of package-private types: to look at, not to obey
	@"$(java_home)/bin/java" .ci/Shape.java

.PHONY: clean
clean: ## remove what was built
	$(mvn) -q clean
