using System.Globalization;
using System.Linq.Expressions;

namespace AuthServer.Web.Management.Search;

/// <summary>The kinds of fields: texts, numbers, dates and flags.</summary>
internal static class SearchFields
{
    /// <summary>A text, compared by its code points.</summary>
    public static SearchField<T> Text<T>(Expression<Func<T, string?>> column) =>
        (term, db) => Predicates.On(column, TextCondition.Of(term, db));

    /// <summary>True or false; every row has it.</summary>
    public static SearchField<T> Flag<T>(Expression<Func<T, bool>> column) => (term, _) => term.Condition switch
    {
        SearchCondition.Exact { Text: "true" } => column,
        SearchCondition.Exact { Text: "false" } => Predicates.Not(column),
        SearchCondition.Exists => _ => true,
        _ => throw term.Error($"{term.Field} is true or false"),
    };

    /// <summary>A whole number; every row has it.</summary>
    public static SearchField<T> Number<T>(Expression<Func<T, int>> column) => (term, _) =>
    {
        if (term.Condition is SearchCondition.Exists)
            return _ => true;
        var (from, to) = Bounds(term);
        var first = from is null ? long.MinValue : Read(from) + (from.IsInclusive ? 0 : 1);
        var last = to is null ? long.MaxValue : Read(to) - (to.IsInclusive ? 0 : 1);
        return Predicates.On(column, number => number >= first && number <= last);

        long Read(SearchBound bound) =>
            int.TryParse(bound.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw term.Error($"{bound.Text} is not a whole number");
    };

    /// <summary>A moment. A date stands for all of its day, month or year.</summary>
    public static SearchField<T> Date<T>(Expression<Func<T, DateTimeOffset?>> column) => (term, _) =>
    {
        if (term.Condition is SearchCondition.Exists)
            return Predicates.On(column, date => date != null);
        var (from, to) = Bounds(term);
        var first = from is null ? DateTimeOffset.MinValue : from.IsInclusive ? Read(from).Start : Read(from).End;
        var end = to is null ? DateTimeOffset.MaxValue : to.IsInclusive ? Read(to).End : Read(to).Start;
        return Predicates.On(column, date => date >= first && date < end);

        DatePeriod Read(SearchBound bound) => DatePeriod.Read(bound.Text)
            ?? throw term.Error($"{bound.Text} is not a date such as 2026-11, 2026-11-21 or 2026-11-21T08:00:00Z");
    };

    private static (SearchBound? From, SearchBound? To) Bounds(SearchTerm term) => term.Condition switch
    {
        SearchCondition.Exact exact => (new(exact.Text, IsInclusive: true), new(exact.Text, IsInclusive: true)),
        SearchCondition.Range range => (range.From, range.To),
        _ => throw term.Error($"{term.Field} has no wildcards; use a range such as [a TO b]"),
    };
}
