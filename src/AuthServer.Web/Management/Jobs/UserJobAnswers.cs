using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Web.Formats;

namespace AuthServer.Web.Management.Jobs;

/// <summary>Jobs and their errors as Auth0 shows them.</summary>
internal static class UserJobAnswers
{
    /// <param name="job">The job.</param>
    /// <param name="connection">Name of its connection; null without one.</param>
    /// <param name="export">What an export has; null for an import.</param>
    public static JsonObject Write(UserJob job, string? connection, ExportBody? export = null)
    {
        var json = new JsonObject
        {
            ["type"] = job.Type,
            ["status"] = job.Status,
            ["created_at"] = job.CreatedAt.Iso(),
            ["id"] = job.Id,
        };
        if (job.ConnectionId is not null)
            json["connection_id"] = job.ConnectionId;
        if (connection is not null)
            json["connection"] = connection;
        if (job.ExternalId is not null)
            json["external_id"] = job.ExternalId;
        if (export is not null)
        {
            foreach (var (name, value) in ExportBody.Wire.Write(export).Where(member => !json.ContainsKey(member.Key)))
                json[name] = value?.DeepClone();
            return json;
        }

        json["upsert"] = job.Upsert;
        if (job.Status != JobStatuses.Pending)
        {
            json["summary"] = new JsonObject
            {
                ["failed"] = job.Refused,
                ["updated"] = job.Updated,
                ["inserted"] = job.Inserted,
                ["total"] = job.Total,
            };
        }

        return json;
    }

    public static JsonObject Write(UserJobError error) => new()
    {
        ["user"] = JsonNode.Parse(error.User),
        ["errors"] = new JsonArray(new JsonObject
        {
            ["code"] = error.Code,
            ["message"] = error.Message,
            ["path"] = error.Path,
        }),
    };

    /// <summary>Auth0's code of what kept a user from being imported.</summary>
    public static string CodeOf(ManagementError error) => error switch
    {
        { Status: StatusCodes.Status409Conflict } => "DUPLICATED_USER",
        { Status: StatusCodes.Status404NotFound } => "CONNECTION_NOT_FOUND",
        { Status: StatusCodes.Status403Forbidden } => "CONFLICT",
        _ => "NOT_PASSED",
    };
}
