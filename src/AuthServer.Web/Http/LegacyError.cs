using System.Text.Json.Nodes;

namespace AuthServer.Web.Http;

/// <summary>The shape of errors at <c>/dbconnections</c>: <c>{ name, code, description, statusCode }</c>.</summary>
public sealed record LegacyError(string Code, string Description, int Status = StatusCodes.Status400BadRequest, string Name = "BadRequestError") : IResult
{
    /// <summary>What passwords have to be like, beside the error of one that is not.</summary>
    public string? Policy { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = new JsonObject { ["name"] = Name, ["code"] = Code, ["description"] = Description, ["statusCode"] = Status };
        if (Policy is not null)
            body["policy"] = Policy;
        httpContext.Response.StatusCode = Status;
        return httpContext.Response.WriteAsJsonAsync(body);
    }
}
