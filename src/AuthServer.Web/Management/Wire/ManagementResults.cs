using System.Text.Json.Nodes;

namespace AuthServer.Web.Management.Wire;

/// <summary>Answers that the framework has no shorter name for.</summary>
internal static class ManagementResults
{
    /// <summary>201 without a <c>Location</c>, as Auth0 answers.</summary>
    public static IResult Created(JsonNode json) =>
        TypedResults.Json(json, statusCode: StatusCodes.Status201Created);

    /// <summary>201 without a body.</summary>
    public static IResult Created() => TypedResults.StatusCode(StatusCodes.Status201Created);

    /// <summary>202 without a body.</summary>
    public static IResult Accepted() => TypedResults.StatusCode(StatusCodes.Status202Accepted);

    /// <summary>200 with an object that has no members.</summary>
    public static IResult Empty() => TypedResults.Ok(new JsonObject());
}
