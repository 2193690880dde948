using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AuthServer.Core;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Wire;

/// <summary>The order of a list that is read from a checkpoint.</summary>
/// <param name="After">Narrows the list to the items after a key.</param>
/// <param name="Of">The unique key of an item.</param>
internal sealed record CheckpointKey<T>(Func<IQueryable<T>, string, IQueryable<T>> After, Func<T, string> Of);

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

    /// <summary>A page with the total, for a caller inside this server.</summary>
    public static Paging WithTotals(int page, int size, ISecretBox box) =>
        new(page, size, IncludeTotals: true, ByCheckpoint: false, From: null, box);

    /// <summary>A bare array, or with <c>include_totals</c> an object with the exact total.</summary>
    public async Task<JsonNode> PageAsync<T>(
        string key,
        IQueryable<T> ordered,
        Func<IReadOnlyList<T>, Task<IEnumerable<JsonNode>>> write,
        CancellationToken ct)
    {
        var start = (long)Page * Size;
        var items = start > int.MaxValue ? [] : await ordered.Skip((int)start).Take(Size).ToListAsync(ct);
        var list = new JsonArray([.. await write(items)]);
        return IncludeTotals
            ? new JsonObject
            {
                ["start"] = start,
                ["limit"] = Size,
                ["length"] = items.Count,
                ["total"] = await ordered.CountAsync(ct),
                [key] = list,
            }
            : list;
    }

    public Task<JsonNode> PageAsync<T>(
        string key, IQueryable<T> ordered, Func<T, JsonNode> write, CancellationToken ct) =>
        PageAsync(key, ordered, Each(write), ct);

    /// <summary>An object with the items after the checkpoint, and <c>next</c> when there are more.</summary>
    /// <param name="key">The list's name; a checkpoint of one list is none of another.</param>
    /// <param name="ordered">Ordered by <paramref name="by"/>.</param>
    /// <param name="by">The order.</param>
    /// <param name="write">Items on the wire.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<JsonNode> CheckpointAsync<T>(
        string key,
        IQueryable<T> ordered,
        CheckpointKey<T> by,
        Func<IReadOnlyList<T>, Task<IEnumerable<JsonNode>>> write,
        CancellationToken ct)
    {
        if (From is not null)
            ordered = by.After(ordered, Open(key, From));
        var items = await ordered.Take(Size + 1).ToListAsync(ct);
        var shown = items.Take(Size).ToList();
        var json = new JsonObject { [key] = new JsonArray([.. await write(shown)]) };
        if (items.Count > Size)
            json["next"] = Seal(key, by.Of(shown[^1]));
        return json;
    }

    public Task<JsonNode> CheckpointAsync<T>(
        string key, IQueryable<T> ordered, CheckpointKey<T> by, Func<T, JsonNode> write, CancellationToken ct) =>
        CheckpointAsync(key, ordered, by, Each(write), ct);

    /// <summary>For the lists that are read by page, and from a checkpoint when the caller asks for it.</summary>
    public Task<JsonNode> PageOrCheckpointAsync<T>(
        string key,
        IQueryable<T> ordered,
        CheckpointKey<T> by,
        Func<IReadOnlyList<T>, Task<IEnumerable<JsonNode>>> write,
        CancellationToken ct) =>
        ByCheckpoint ? CheckpointAsync(key, ordered, by, write, ct) : PageAsync(key, ordered, write, ct);

    public Task<JsonNode> PageOrCheckpointAsync<T>(
        string key, IQueryable<T> ordered, CheckpointKey<T> by, Func<T, JsonNode> write, CancellationToken ct) =>
        PageOrCheckpointAsync(key, ordered, by, Each(write), ct);

    /// <summary>For the lists that are read from a checkpoint, and with <c>include_totals</c> by page.</summary>
    public Task<JsonNode> CheckpointOrTotalsAsync<T>(
        string key,
        IQueryable<T> ordered,
        CheckpointKey<T> by,
        Func<IReadOnlyList<T>, Task<IEnumerable<JsonNode>>> write,
        CancellationToken ct) =>
        IncludeTotals && !ByCheckpoint
            ? PageAsync(key, ordered, write, ct)
            : CheckpointAsync(key, ordered, by, write, ct);

    public Task<JsonNode> CheckpointOrTotalsAsync<T>(
        string key, IQueryable<T> ordered, CheckpointKey<T> by, Func<T, JsonNode> write, CancellationToken ct) =>
        CheckpointOrTotalsAsync(key, ordered, by, Each(write), ct);

    private static Func<IReadOnlyList<T>, Task<IEnumerable<JsonNode>>> Each<T>(Func<T, JsonNode> write) =>
        items => Task.FromResult(items.Select(write));

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
