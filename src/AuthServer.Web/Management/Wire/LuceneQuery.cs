using System.Buffers;
using System.Linq.Expressions;
using System.Text;

namespace AuthServer.Web.Management.Wire;

/// <summary>One condition of a query.</summary>
/// <param name="Field">What it is on.</param>
/// <param name="Value">What it is compared with.</param>
/// <param name="IsPrefix">It may go on after the value.</param>
internal sealed record LuceneTerm(string Field, string Value, bool IsPrefix = false)
{
    /// <summary>The end of a range that begins with the value; null when it is none.</summary>
    public string? Until { get; init; }

    /// <summary>The ends of the range belong to it.</summary>
    public bool Inclusive { get; init; }
}

/// <summary>
/// The part of Lucene's language that <c>q</c> understands: <c>field:value</c>, phrases, a trailing <c>*</c>,
/// <c>[a TO b]</c>, <c>_exists_</c>, AND, OR, NOT and parentheses. One pass, without regular expressions, and bounded.
/// </summary>
internal sealed class LuceneQuery<T>
{
    private const int MaxLength = 1_000;
    private const int MaxTerms = 25;
    private const int MaxDepth = 8;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_.");

    private readonly string text;
    private readonly Func<LuceneTerm, Expression<Func<T, bool>>> condition;
    private int at;
    private int terms;

    private LuceneQuery(string text, Func<LuceneTerm, Expression<Func<T, bool>>> condition) =>
        (this.text, this.condition) = (text, condition);

    /// <param name="text">The query.</param>
    /// <param name="condition">What a term means; throws as this does for a field that there is not.</param>
    /// <exception cref="FormatException">The text is no such query; the message says why.</exception>
    public static Expression<Func<T, bool>> Parse(string text, Func<LuceneTerm, Expression<Func<T, bool>>> condition)
    {
        if (text.Length > MaxLength)
            throw new FormatException($"q is longer than {MaxLength} characters");
        var search = new LuceneQuery<T>(text, condition);
        var parsed = search.Either(depth: 0);
        return search.AtEnd() ? parsed : throw new FormatException($"Unexpected text at position {search.at}");
    }

    private Expression<Func<T, bool>> Either(int depth)
    {
        var left = Both(depth);
        while (Word("OR"))
            left = Predicates.Or(left, Both(depth));
        return left;
    }

    private Expression<Func<T, bool>> Both(int depth)
    {
        var left = One(depth);
        while (Word("AND"))
            left = Predicates.And(left, One(depth));
        return left;
    }

    private Expression<Func<T, bool>> One(int depth)
    {
        if (depth > MaxDepth)
            throw new FormatException("q nests too deep");
        if (Word("NOT"))
            return Predicates.Not(One(depth + 1));
        if (!Symbol('('))
            return Term();
        var inner = Either(depth + 1);
        return Symbol(')') ? inner : throw new FormatException("A parenthesis is not closed");
    }

    private Expression<Func<T, bool>> Term()
    {
        if (++terms > MaxTerms)
            throw new FormatException($"q has more than {MaxTerms} terms");
        SkipSpaces();
        var colon = text.AsSpan(at).IndexOfAnyExcept(NameCharacters) is >= 0 and var length ? at + length : text.Length;
        if (colon >= text.Length || text[colon] != ':' || colon == at)
            throw new FormatException($"Expected field:value at position {at}");
        var field = text[at..colon];
        at = colon + 1;
        return condition(At('"') ? new LuceneTerm(field, Phrase()) : At('[') || At('{') ? Range(field) : Bare(field));
    }

    private string Phrase()
    {
        at++;
        var phrase = new StringBuilder();
        for (; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && ++at == text.Length)
                break;
            phrase.Append(text[at]);
        }

        return at++ < text.Length ? phrase.ToString() : throw new FormatException("A phrase is not closed");
    }

    /// <summary><c>[a TO b]</c> with its ends or <c>{a TO b}</c> without; <c>*</c> is no end.</summary>
    private LuceneTerm Range(string field)
    {
        var inclusive = text[at] == '[';
        var end = text.IndexOf(inclusive ? ']' : '}', at);
        var ends = end < 0 ? [] : text[(at + 1)..end].Split(" TO ", StringSplitOptions.TrimEntries);
        if (ends is not [{ Length: > 0 } from, { Length: > 0 } until])
            throw new FormatException($"Expected [a TO b] at position {at}");
        at = end + 1;
        return new LuceneTerm(field, from) { Until = until, Inclusive = inclusive };
    }

    private LuceneTerm Bare(string field)
    {
        var value = new StringBuilder();
        for (; at < text.Length && text[at] is not (' ' or ')' or '('); at++)
        {
            if (text[at] == '*')
            {
                at++;
                return AtBoundary()
                    ? new LuceneTerm(field, value.ToString(), IsPrefix: true)
                    : throw new FormatException("A wildcard may stand at the end alone");
            }

            if (text[at] is '"' or '?' or '[' or ']' or '{' or '}' or '~' or '^' or '/')
                throw new FormatException(
                    $"The character {text[at]} is not supported at position {at}; put the value between quotes");
            if (text[at] == '\\' && ++at == text.Length)
                break;
            value.Append(text[at]);
        }

        return value.Length > 0
            ? new LuceneTerm(field, value.ToString())
            : throw new FormatException("A value is missing");
    }

    private bool AtBoundary() => at == text.Length || text[at] is ' ' or ')';

    private bool AtEnd()
    {
        SkipSpaces();
        return at == text.Length;
    }

    private bool Word(string word)
    {
        SkipSpaces();
        if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0
            || at + word.Length >= text.Length
            || text[at + word.Length] is not (' ' or '('))
            return false;
        at += word.Length;
        return true;
    }

    private bool At(char symbol) => at < text.Length && text[at] == symbol;

    private bool Symbol(char symbol)
    {
        SkipSpaces();
        if (!At(symbol))
            return false;
        at++;
        return true;
    }

    private void SkipSpaces()
    {
        while (at < text.Length && text[at] == ' ')
            at++;
    }
}
