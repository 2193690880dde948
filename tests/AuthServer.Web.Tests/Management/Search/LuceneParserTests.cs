using AuthServer.Web.Management;
using AuthServer.Web.Management.Search;

namespace AuthServer.Web.Tests.Management.Search;

/// <summary>The query language of the searches.</summary>
public sealed class LuceneParserTests
{
    [Theory]
    [InlineData("jane", "jane")]
    [InlineData("name:jane", "name:jane")]
    [InlineData("name: jane", "name:jane")]
    [InlineData("name:\"jane smith\"", "name:jane smith")]
    [InlineData("name:\"a \\\"b\\\" * \\\\\"", "name:a \"b\" * \\")]
    [InlineData("name:jane\\ smith\\*", "name:jane smith*")]
    [InlineData("user_metadata.a\\:b:c", "user_metadata.a:b:c")]
    [InlineData("user_id:auth0|1:2", "user_id:auth0|1:2")]
    [InlineData("phone_number:+4930123456", "phone_number:+4930123456")]
    [InlineData("date:2030-01-01T10:00:00Z", "date:2030-01-01T10:00:00Z")]
    [InlineData("'", "'")]
    public void A_term_is_a_word_or_a_phrase(string query, string expected) => Assert.Equal(expected, Read(query));

    [Theory]
    [InlineData("name:jo*", "name:{jo|}")]
    [InlineData("name:*ann*", "name:{|ann|}")]
    [InlineData("name:jane*smith", "name:{jane|smith}")]
    [InlineData("name:*", "name:?")]
    [InlineData("_exists_:name", "name:?")]
    [InlineData("*", "?")]
    [InlineData("*:*", "?")]
    public void A_star_stands_for_any_characters(string query, string expected) => Assert.Equal(expected, Read(query));

    [Theory]
    [InlineData("n:[1 TO 5]", "n:[1,5]")]
    [InlineData("n:{1 TO 5}", "n:(1,5)")]
    [InlineData("n:[1 TO 5}", "n:[1,5)")]
    [InlineData("n:{-1 TO *]", "n:(-1,)")]
    [InlineData("n:[* TO 5}", "n:(,5)")]
    [InlineData("n:[* TO *]", "n:?")]
    [InlineData("n:[2030-01-01T10:00:00 TO \"2030 x\"]", "n:[2030-01-01T10:00:00,2030 x]")]
    public void A_range_has_its_bounds_or_not(string query, string expected) => Assert.Equal(expected, Read(query));

    [Theory]
    [InlineData("a OR b AND c", "(a or (b and c))")]
    [InlineData("a AND b OR c", "((a and b) or c)")]
    [InlineData("a || b && c", "(a or (b and c))")]
    [InlineData("(a OR b) AND c", "((a or b) and c)")]
    [InlineData("NOT a AND b", "(not a and b)")]
    [InlineData("NOT a OR b", "(not a or b)")]
    [InlineData("a OR NOT b", "(a or not b)")]
    [InlineData("a AND NOT b", "(a and not b)")]
    [InlineData("NOT (a b)", "not (a or b)")]
    [InlineData("NOT(a)AND(b)", "(not a and b)")]
    public void NOT_binds_closer_than_AND_and_AND_closer_than_OR(string query, string expected) =>
        Assert.Equal(expected, Read(query));

    [Theory]
    [InlineData("a b", "(a or b)")]
    [InlineData("a -b", "(a and not b)")]
    [InlineData("a !b", "(a and not b)")]
    [InlineData("a NOT b", "(a and not b)")]
    [InlineData("-a b c", "((b or c) and not a)")]
    [InlineData("+a b", "a")]
    [InlineData("+a +b c", "(a and b)")]
    [InlineData("+a -b", "(a and not b)")]
    [InlineData("-a -b", "(not a and not b)")]
    [InlineData("-a", "not a")]
    public void In_a_list_signs_say_what_must_and_must_not_match(string query, string expected) =>
        Assert.Equal(expected, Read(query));

    [Theory]
    [InlineData("name:(a OR \"b c\")", "(name:a or name:b c)")]
    [InlineData("name:(+a -b*)", "(name:a and not name:{b|})")]
    [InlineData("name:(a OR email:b)", "(name:a or email:b)")]
    [InlineData("n:([1 TO 2] OR [4 TO 5])", "(n:[1,2] or n:[4,5])")]
    public void A_group_gives_its_field_to_its_terms(string query, string expected) =>
        Assert.Equal(expected, Read(query));

    [Theory]
    [InlineData("", 1, "a term is missing")]
    [InlineData("name:", 6, "a term is missing")]
    [InlineData(":a", 1, "a term is missing")]
    [InlineData("a AND", 6, "a term is missing")]
    [InlineData("OR a", 1, "OR needs a term on each side")]
    [InlineData("a AND AND b", 7, "AND needs a term on each side")]
    [InlineData("--a", 2, "a term is missing")]
    [InlineData("()", 2, "a term is missing")]
    [InlineData("(a", 1, "the ( is not closed")]
    [InlineData("a)", 2, "the ) closes nothing")]
    [InlineData("name:\"a", 6, "the phrase is not closed")]
    [InlineData("name:a\\", 8, "the query ends with a backslash")]
    [InlineData("n:[1 5]", 3, "a range is written")]
    [InlineData("n:[1 TO 5", 3, "the range is not closed")]
    [InlineData("n:[ TO 5]", 3, "a range is written")]
    [InlineData("[1 TO 5]", 1, "a range needs a field")]
    [InlineData("n:>=5", 3, "a range is written n:[a TO b]")]
    [InlineData("name:jo?n", 8, "? is not supported")]
    [InlineData("name:john~2", 10, "~ is not supported")]
    [InlineData("\"john\"^2", 7, "^ is not supported")]
    [InlineData("name:/jo.n/", 6, "regular expressions are not supported")]
    [InlineData("na*me:a", 1, "the name of a field has no *")]
    [InlineData("(((((((((a)))))))))", 10, "groups nest deeper than 8")]
    public void What_is_wrong_is_said_with_its_place(string query, int position, string reason)
    {
        var refused = Assert.Throws<ManagementException>(() => LuceneParser.Parse(query));

        Assert.Equal((400, "invalid_query_string"), (refused.Error.Status, refused.Error.Code));
        Assert.Contains($"at position {position}: {reason}", refused.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_query_has_at_most_fifty_terms()
    {
        var fifty = string.Join(' ', Enumerable.Repeat("a", 50));

        Assert.IsType<SearchExpression.Or>(LuceneParser.Parse(fifty));
        Assert.Throws<ManagementException>(() => LuceneParser.Parse(fifty + " a"));
    }

    private static string Read(string query) => Write(LuceneParser.Parse(query));

    private static string Write(SearchExpression expression) => expression switch
    {
        SearchExpression.And and => $"({string.Join(" and ", and.Operands.Select(Write))})",
        SearchExpression.Or or => $"({string.Join(" or ", or.Operands.Select(Write))})",
        SearchExpression.Not not => "not " + Write(not.Operand),
        SearchTerm term => (term.Field is null ? "" : term.Field + ":") + Write(term.Condition),
        _ => throw new InvalidOperationException(),
    };

    private static string Write(SearchCondition condition) => condition switch
    {
        SearchCondition.Exact exact => exact.Text,
        SearchCondition.Wildcard wildcard => $"{{{string.Join('|', wildcard.Literals)}}}",
        SearchCondition.Range(var from, var to) =>
            $"{Write(from, '[', '(')}{from?.Text},{to?.Text}{Write(to, ']', ')')}",
        _ => "?",
    };

    private static char Write(SearchBound? bound, char inclusive, char exclusive) =>
        bound is { IsInclusive: true } ? inclusive : exclusive;
}
