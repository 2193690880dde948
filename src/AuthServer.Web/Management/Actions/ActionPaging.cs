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
        var start = (long)Page * Size;
        var items = start > int.MaxValue ? [] : await ordered.Skip((int)start).Take(Size).ToListAsync(ct);
        return new JsonObject
        {
            [key] = new JsonArray([.. await write(items)]),
            ["total"] = await ordered.CountAsync(ct),
            ["page"] = Page,
            ["per_page"] = Size,
        };
    }
}
