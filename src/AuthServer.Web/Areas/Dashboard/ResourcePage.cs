using System.Text.Json.Nodes;

namespace AuthServer.Web.Areas.Dashboard;

/// <summary>A page of a list.</summary>
/// <param name="Items">The resources.</param>
/// <param name="Start">How many stand before them.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Size">How many a page has.</param>
internal sealed record ResourcePage(IReadOnlyList<JsonObject> Items, int Start, int Total, int Size)
{
    public static ResourcePage None { get; } = new([], 0, 0, 1);

    public int Number => Start / Size;

    public bool HasNext => Start + Items.Count < Total;

    /// <param name="list">What a service of Actions answers: they have lists of their own.</param>
    /// <param name="key">The name of the list in it.</param>
    public static ResourcePage OfActions(JsonNode list, string key) => new(
        [.. list[key]!.AsArray().Select(item => item!.AsObject())],
        (int)list["page"]! * (int)list["per_page"]!,
        (int)list["total"]!,
        (int)list["per_page"]!);

    /// <param name="list">What a service answers with totals.</param>
    /// <param name="key">The name of the list in it.</param>
    public static ResourcePage Of(JsonNode list, string key) => new(
        [.. list[key]!.AsArray().Select(item => item!.AsObject())],
        (int)(long)list["start"]!,
        (int)list["total"]!,
        (int)list["limit"]!);
}
