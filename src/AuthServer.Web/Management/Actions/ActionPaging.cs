using System.Text.Json.Nodes;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Actions;

/// <summary>The lists of Actions: an object with the page and its place, which other lists don't have.</summary>
internal sealed record ActionPaging(int Page, int Size)
{
    private const int DefaultSize = 20;
    private const int MaxSize = 100;
    private const int MaxPage = 1_000_000;

    public static ValueTask<ActionPaging?> BindAsync(HttpContext http) => ValueTask.FromResult<ActionPaging?>(
        new ActionPaging(
            Query.Whole(http, "page", 0, MaxPage) ?? 0,
            Query.Whole(http, "per_page", 1, MaxSize) ?? DefaultSize));

    public async Task<JsonObject> PageAsync<T>(
        string key,
        IQueryable<T> ordered,
        Func<IReadOnlyList<T>, Task<IEnumerable<JsonObject>>> write,
        CancellationToken ct)
    {
        var items = Start > int.MaxValue ? [] : await ordered.Skip((int)Start).Take(Size).ToListAsync(ct);
        return Write(key, await write(items), await ordered.CountAsync(ct));
    }

    /// <summary>A page of a list that is in memory.</summary>
    public JsonObject PageOf<T>(string key, IReadOnlyList<T> all, Func<T, JsonObject> write) =>
        Write(key, all.Skip((int)Math.Min(Start, all.Count)).Take(Size).Select(write), all.Count);

    private long Start => (long)Page * Size;

    private JsonObject Write(string key, IEnumerable<JsonObject> items, int total) => new()
    {
        [key] = new JsonArray([.. items]),
        ["total"] = total,
        ["page"] = Page,
        ["per_page"] = Size,
    };
}
