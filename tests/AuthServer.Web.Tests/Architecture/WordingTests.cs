using System.Text.RegularExpressions;

namespace AuthServer.Web.Tests.Architecture;

/// <summary>
/// Comments and documents are in plain technical English. A word of this list is right now and then ("32 letters and
/// digits" always is), and a sign of a mannered sentence when there are many.
/// </summary>
public sealed partial class WordingTests
{
    private const double MaxPerThousand = 3;

    /// <summary>Vague actors, pictures, verbs of speech, and "only" or "not" in an unusual place.</summary>
    private static readonly string[] Words =
    [
        "nobody", "somebody", "whoever", "strangers?", "alone", "(?<!there )is no(?! longer)", "tells?", "told",
        "hears?", "heard", "looks? at", "looked at", "keeps? in mind", "kept in mind", "speaks? of",
        "letters?(?! (?:and|or) digits?)", "rooms?", "houses?", "doors?", "spent", "trips?",
    ];

    /// <summary>Sentences that open with these have no noun as their subject.</summary>
    private static readonly string[] Openings = ["Who", "What", "Where", "Whose"];

    private static readonly Regex Mannered = new(
        $@"\b(?:{string.Join('|', Words)})\b|(?<=(?:^|[.;:] ))(?-i:{string.Join('|', Openings)})\b",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(10));

    [Fact]
    public void Comments_are_in_plain_words()
    {
        AssertPlain(Sources.All.Select(file => (file.Key, Comments(file.Value))));
        AssertPlain(Sources.OfTests.Select(file => (file.Key, Comments(file.Value))));
    }

    [Fact]
    public void Documents_are_in_plain_words() =>
        AssertPlain(Sources.Documents.Select(file => (file.Key, Code().Replace(file.Value, ""))));

    [Theory]
    [InlineData("Nobody is told of it.", 2)]
    [InlineData("A house has rooms.\nWhat is there counts", 3)]
    [InlineData("32 letters and digits; there is no other, and it is no longer read. What's left: Where to?", 2)]
    public void Words_of_the_list_and_openings_of_sentences_are_counted(string text, int count) =>
        Assert.Equal(count, Mannered.Count(text));

    private static void AssertPlain(IEnumerable<(string File, string Text)> texts)
    {
        List<(string File, string Text)> all = [.. texts];
        var words = all.Sum(text => text.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);
        List<string> found =
            [.. all.SelectMany(text => Mannered.Matches(text.Text).Select(match => $"{text.File}: {match.Value}"))];

        Assert.True(words > 1000, $"{words} words");
        Assert.True(
            1000d * found.Count / words <= MaxPerThousand,
            $"{found.Count} in {words} words\n{string.Join('\n', found)}");
    }

    /// <summary>Text of the lines that are comments, without the tags of documentation.</summary>
    private static string Comments(string source) => string.Join(
        '\n', CommentLine().Matches(source).Select(match => Tag().Replace(match.Groups["text"].Value, "").Trim()));

    [GeneratedRegex(
        @"^\s*(?://[/]?|@\*) ?(?<text>.*)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex CommentLine();

    [GeneratedRegex("<[^>]+>", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Tag();

    [GeneratedRegex("`[^`]*`", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Code();
}
