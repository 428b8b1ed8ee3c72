// How many ties say no source: all of a type, which the server has counted, less those in the index. TYPE is put in.
CALL () {
  CALL () {
    MATCH ()-[tie:TYPE]->()
    RETURN count(tie) AS ties
  }
  CALL () {
    MATCH ()-[tie:TYPE]->()
    WHERE tie.source IS NOT NULL
    RETURN count(tie) AS sourced
  }
  RETURN ties - sourced AS unsourced
}
RETURN sum(unsourced) AS count
