using System.Linq.Expressions;
using System.Text;
using AuthServer.Storage;

namespace AuthServer.Web.Management.Search;

/// <summary>Conditions on texts, which compare by code points on every store.</summary>
internal static class TextCondition
{
    private const int MaxWildcards = 3;
    private const int MinLiteral = 3;

    public static Expression<Func<string?, bool>> Of(SearchTerm term, AuthDbContext db) => term.Condition switch
    {
        SearchCondition.Exact exact => Equal(exact.Text),
        SearchCondition.Wildcard { IsPrefix: true } prefix => Prefix(prefix.Literals[0]),
        SearchCondition.Wildcard wildcard => Pattern(term, wildcard.Literals, db),
        SearchCondition.Range range => Between(range),
        SearchCondition.Exists => value => value != null,
        _ => throw new InvalidOperationException($"No such condition: {term.Condition}"),
    };

    /// <summary>From <paramref name="start"/> up to the first text that does not begin with it.</summary>
    public static Expression<Func<string?, bool>> Prefix(string start) => After(start) is { } end
        ? value => string.Compare(value, start) >= 0 && string.Compare(value, end) < 0
        : value => string.Compare(value, start) >= 0;

    private static Expression<Func<string?, bool>> Equal(string text) => value => value == text;

    private static Expression<Func<string?, bool>> Pattern(
        SearchTerm term, IReadOnlyList<string> literals, AuthDbContext db)
    {
        if (literals.Count > MaxWildcards + 1)
            throw term.Error($"more than {MaxWildcards} wildcards");
        return literals.Any(literal => literal.Length is > 0 and < MinLiteral)
            ? throw term.Error($"unless * only ends the term, each part beside it has {MinLiteral} characters or more")
            : db.Matches(literals);
    }

    private static Expression<Func<string?, bool>> Between(SearchCondition.Range range) =>
        (Lower(range.From), Upper(range.To)) switch
        {
            ({ } lower, { } upper) => Predicates.And(lower, upper),
            ({ } lower, null) => lower,
            (null, { } upper) => upper,
            _ => value => value != null,
        };

    private static Expression<Func<string?, bool>>? Lower(SearchBound? bound)
    {
        if (bound is null)
            return null;
        var text = bound.Text;
        return bound.IsInclusive ? value => string.Compare(value, text) >= 0 : value => string.Compare(value, text) > 0;
    }

    private static Expression<Func<string?, bool>>? Upper(SearchBound? bound)
    {
        if (bound is null)
            return null;
        var text = bound.Text;
        return bound.IsInclusive ? value => string.Compare(value, text) <= 0 : value => string.Compare(value, text) < 0;
    }

    /// <returns>The first text behind all that begin with this one; null when there is none.</returns>
    private static string? After(string start)
    {
        var runes = start.EnumerateRunes().ToList();
        while (runes is [.., var last])
        {
            runes.RemoveAt(runes.Count - 1);
            if (Next(last) is { } next)
                return string.Concat(runes.Append(next));
        }

        return null;
    }

    private static Rune? Next(Rune rune) => rune.Value switch
    {
        0x10FFFF => null,
        0xD7FF => new Rune(0xE000),
        var value => new Rune(value + 1),
    };
}
