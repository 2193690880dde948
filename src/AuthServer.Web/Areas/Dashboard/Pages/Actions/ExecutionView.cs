using System.Globalization;
using System.Text.Json.Nodes;
using AuthServer.Web.Branding;
using AuthServer.Web.Formats;

namespace AuthServer.Web.Areas.Dashboard.Pages.Actions;

/// <summary>One run of a trigger's Actions.</summary>
internal sealed record ExecutionView(JsonObject Json)
{
    public string Path => $"{ActionView.Root}/executions/{Json["id"]}";

    public string Date => (string)Json["created_at"]!;

    public string TriggerId => (string)Json["trigger_id"]!;

    public bool HasFailed => (string?)Json["status"] != "final";

    public IEnumerable<JsonObject> Results => Json["results"]!.AsArray().Select(result => result!.AsObject());

    public string Names => string.Join(", ", Results.Select(NameOf));

    public static string NameOf(JsonObject result) => DisplayText.Of((string)result["action_name"]!);

    /// <summary>Milliseconds.</summary>
    public static string DurationOf(JsonObject result)
    {
        var (start, end) = (Instants.Read((string?)result["started_at"]), Instants.Read((string?)result["ended_at"]));
        return ((end - start)?.TotalMilliseconds ?? 0).ToString("0.#", CultureInfo.InvariantCulture);
    }
}
