using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AuthServer.Core;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Wire;

/// <summary>The two ways to read a list in parts: by page, or from a checkpoint.</summary>
internal sealed record Paging(int Page, int Size, bool IncludeTotals, bool ByCheckpoint, string? From, ISecretBox Box)
{
    private const int DefaultSize = 50;
    private const int MaxSize = 100;
    private const int MaxPage = 1_000_000;
    private const string Purpose = "management-checkpoint";

    public static ValueTask<Paging?> BindAsync(HttpContext http)
    {
        var from = Query.Text(http, "from");
        var take = Query.Whole(http, "take", 1, MaxSize);
        var size = Query.Whole(http, "per_page", 0, MaxSize);
        return ValueTask.FromResult<Paging?>(new Paging(
            Query.Whole(http, "page", 0, MaxPage) ?? 0,
            (take ?? size) is { } wanted and > 0 ? wanted : DefaultSize,
            Query.Flag(http, "include_totals") ?? false,
            from is not null || take is not null,
            from,
            http.RequestServices.GetRequiredService<ISecretBox>()));
    }

    /// <summary>A bare array, or with <c>include_totals</c> an object with the exact total.</summary>
    public async Task<IResult> PageAsync<T>(
        string key,
        IQueryable<T> ordered,
        Func<IReadOnlyList<T>, Task<IEnumerable<JsonNode>>> write,
        CancellationToken ct)
    {
        var start = (long)Page * Size;
        var items = start > int.MaxValue ? [] : await ordered.Skip((int)start).Take(Size).ToListAsync(ct);
        var list = new JsonArray([.. await write(items)]);
        return IncludeTotals
            ? Results.Json(
                new JsonObject
                {
                    ["start"] = start,
                    ["limit"] = Size,
                    ["length"] = items.Count,
                    ["total"] = await ordered.CountAsync(ct),
                    [key] = list,
                })
            : Results.Json(list);
    }

    public Task<IResult> PageAsync<T>(
        string key,
        IQueryable<T> ordered,
        Func<T, JsonNode> write,
        CancellationToken ct) => PageAsync(key, ordered, items => Task.FromResult(items.Select(write)), ct);

    /// <summary>An object with the items after the checkpoint, and <c>next</c> when there are more.</summary>
    /// <param name="key">The list's name; a checkpoint of one list is none of another.</param>
    /// <param name="query">Ordered by what <paramref name="keyOf"/> tells.</param>
    /// <param name="after">Narrows the query to what comes after a key.</param>
    /// <param name="keyOf">The unique key of an item.</param>
    /// <param name="write">An item on the wire.</param>
    /// <param name="ct">Ends the work.</param>
    public Task<IResult> CheckpointAsync<T>(
        string key,
        IQueryable<T> query,
        Func<IQueryable<T>, string, IQueryable<T>> after,
        Func<T, string> keyOf,
        Func<T, JsonNode> write,
        CancellationToken ct
    ) => CheckpointAsync(key, query, after, keyOf, items => Task.FromResult(items.Select(write)), ct);

    /// <summary>For the lists that are read from a checkpoint, and with <c>include_totals</c> by page.</summary>
    public Task<IResult> CheckpointOrTotalsAsync<T>(
        string key,
        IQueryable<T> query,
        Func<IQueryable<T>, string, IQueryable<T>> after,
        Func<T, string> keyOf,
        Func<IReadOnlyList<T>, Task<IEnumerable<JsonNode>>> write,
        CancellationToken ct) =>
        IncludeTotals && !ByCheckpoint
            ? PageAsync(key, query, write, ct)
            : CheckpointAsync(key, query, after, keyOf, write, ct);

    private async Task<IResult> CheckpointAsync<T>(
        string key,
        IQueryable<T> query,
        Func<IQueryable<T>, string, IQueryable<T>> after,
        Func<T, string> keyOf,
        Func<IReadOnlyList<T>, Task<IEnumerable<JsonNode>>> write,
        CancellationToken ct)
    {
        if (From is not null)
            query = after(query, Open(key, From));
        var items = await query.Take(Size + 1).ToListAsync(ct);
        var shown = items.Take(Size).ToList();
        var json = new JsonObject { [key] = new JsonArray([.. await write(shown)]) };
        if (items.Count > Size)
            json["next"] = Seal(key, keyOf(shown[^1]));
        return Results.Json(json);
    }

    private string Seal(string list, string last) =>
        Base64Url.EncodeToString(Box.Seal(Encoding.UTF8.GetBytes(last), $"{Purpose}:{list}"));

    /// <summary>Sealed, so that what comes back is what went out.</summary>
    private string Open(string list, string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Box.Open(Base64Url.DecodeFromChars(token), $"{Purpose}:{list}"));
        }
        catch (Exception forged) when (forged is FormatException or CryptographicException)
        {
            throw Query.Bad("Invalid checkpoint on property from");
        }
    }
}
